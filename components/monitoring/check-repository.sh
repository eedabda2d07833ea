#!/bin/bash
# Checks from inside an instance whether it can reach its patches, hop by hop (docs/path.md). Requests are not signed, like
# those of dnf and yum. On Amazon Linux 2023, Patch Manager reports success even if the repository could not be read.
#
# The document sets PATCHPATH_CHECKS, one check per line: SYSTEM HOP KIND URL. SYSTEM is `any`, or ID-VERSION_ID of
# /etc/os-release. KIND is `reach` (any response is enough), `try` (an error may have other causes) or `mirror-list`.
# It prints a line for each check and exits with the status of the first blocked hop: see status_of.
set -u

: "${PATCHPATH_CHECKS:?is set by the document}"
timeout=${PATCHPATH_TIMEOUT_SECONDS:-20}
stale_days=${PATCHPATH_STALE_DAYS:-0}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# The hops of policypack/path/hop.ts that can be checked from an instance, and `installed`. With 194, the agent would restart it.
status_of() {
  case $1 in
    dns) echo 22 ;;
    control-plane) echo 23 ;;
    s3-route) echo 26 ;;
    payload) echo 27 ;;
    repository) echo 29 ;;
    installed) echo 40 ;;
    *) echo 1 ;;
  esac
}

status=0
results=''

report() { # HOP VERDICT BECAUSE
  printf '%s %s: %s\n' "$1" "$2" "$3"
  results+="$1 $2 $3"$'\n'
  if [[ $2 == blocked && $status -eq 0 ]]; then status=$(status_of "$1"); fi
}

system() {
  # shellcheck disable=SC1090 # the file of the instance, or of a test
  (. "${PATCHPATH_OS_RELEASE:-/etc/os-release}" && printf '%s-%s' "${ID:-}" "${VERSION_ID:-}")
}

# Reads a URL into $body. Sets $code (000 without a response) and $failure (the exit status of curl).
read_url() {
  code=$(curl --silent --output "$body" --write-out '%{http_code}' --connect-timeout "$timeout" --max-time "$timeout" "$1")
  failure=$?
}

# The error code of S3, such as AccessDenied.
s3_code() { sed -n 's/.*<Code>\([A-Za-z]*\)<\/Code>.*/\1/p' "$body" | head -n 1; }

# Reports why there was no response, for any hop.
report_silence() { # HOP URL
  local host=${2#*://}
  host=${host%%/*}
  case $failure in
    6) report dns blocked "$host has no address: private DNS of the endpoint, or DNS support of the VPC, is missing" ;;
    7 | 28)
      if [[ $1 == control-plane ]]; then
        report control-plane blocked "$host does not respond on 443: there is no endpoint and no NAT, or a security group or network ACL blocks it"
      else
        report s3-route blocked "$host does not respond: the route table has no S3 endpoint, or a security group or network ACL blocks it"
      fi
      ;;
    *) report "$1" blocked "$host cannot be read: curl exited with status $failure" ;;
  esac
}

report_refusal() { # HOP URL
  local reason
  reason=$(s3_code)
  case $code in
    301 | 307 | 400) report "$1" blocked "$2 responds with $code ${reason:-without an error code}: the bucket is in another region" ;;
    403) report "$1" blocked "$2 responds with 403 ${reason:-without an error code}: the policy of the S3 endpoint does not allow the unsigned read" ;;
    *) report "$1" blocked "$2 responds with $code ${reason:-without an error code}" ;;
  esac
}

check_reach() { # HOP URL
  read_url "$2"
  if [[ $code == 000 ]]; then report_silence "$1" "$2"; else report "$1" open "$2 responds"; fi
}

# The object may no longer exist, and for an unsigned request S3 responds with 403 to a missing object too.
check_try() { # HOP URL
  read_url "$2"
  case $code in
    000) report_silence "$1" "$2" ;;
    200 | 206) report "$1" open "$2 is readable" ;;
    *) report "$1" unknown "$2 responds with $code $(s3_code): access is denied, or the object no longer exists" ;;
  esac
}

# As dnf and yum do: the list contains the URL of a directory with the metadata.
check_mirror_list() { # HOP URL
  read_url "$2"
  if [[ $code == 000 ]]; then report_silence "$1" "$2"; return; fi
  if [[ $code != 200 ]]; then report_refusal "$1" "$2"; return; fi
  local mirror metadata
  mirror=$(head -n 1 "$body")
  if [[ ! $mirror =~ ^https?:// ]]; then
    report "$1" blocked "$2 contains no mirror: something other than S3 responds"
    return
  fi
  metadata=${mirror%/}/repodata/repomd.xml
  read_url "$metadata"
  case $code in
    000) report_silence "$1" "$metadata" ;;
    200)
      if grep -q '<repomd' "$body"; then
        report "$1" open "$metadata is readable"
      else
        report "$1" blocked "$metadata is not repository metadata: something other than S3 responds"
      fi
      ;;
    *) report_refusal "$1" "$metadata" ;;
  esac
}

# Operating systems with repositories of the distribution: the package manager knows them, and must not skip missing ones.
check_package_manager() {
  local output
  if command -v dnf >/dev/null; then output=$(dnf --quiet --setopt='*.skip_if_unavailable=0' makecache 2>&1)
  elif command -v yum >/dev/null; then output=$(yum --quiet --setopt='*.skip_if_unavailable=0' makecache 2>&1)
  elif command -v zypper >/dev/null; then output=$(zypper --non-interactive refresh 2>&1)
  elif command -v apt-get >/dev/null; then output=$(apt-get --quiet --option APT::Update::Error-Mode=any update 2>&1)
  else report repository unknown "this script does not support the package manager of the instance"; return
  fi
  # shellcheck disable=SC2181 # the status is that of whichever branch ran
  if [[ $? -eq 0 ]]; then report repository open "the package manager reads its repositories"
  else report repository blocked "the package manager cannot read its repositories: $(tail -n 1 <<<"$output")"
  fi
}

# The time of the latest installation of a package, in seconds since 1970.
last_installation() {
  if command -v rpm >/dev/null && rpm -q rpm >/dev/null 2>&1; then rpm -qa --qf '%{INSTALLTIME}\n' | sort -n | tail -n 1
  elif [[ -d /var/lib/dpkg/info ]]; then find /var/lib/dpkg/info -name '*.list' -printf '%Ts\n' | sort -n | tail -n 1
  fi
}

check_installed() {
  local last days
  last=${PATCHPATH_LAST_INSTALLATION:-$(last_installation)}
  if [[ ! $last =~ ^[0-9]+$ ]]; then report installed unknown "the package database has no dates"; return; fi
  days=$((($(date +%s) - last) / 86400))
  if ((days > stale_days)); then report installed blocked "no package was installed for $days days; expected at most $stale_days"
  else report installed open "the latest package was installed $days days ago"
  fi
}

instance_id() {
  local metadata=http://169.254.169.254/latest token
  token=$(curl --silent --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token")
  curl --silent --max-time 5 --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/instance-id"
}

# Stores the results as compliance items of the instance, one for each hop: blocked if any of its checks is. Compliance has no
# status for unknown, so such hops have no item. Not every image includes the AWS CLI; then the exit status is the only result.
put_compliance() {
  command -v aws >/dev/null || { echo 'note: the AWS CLI is not installed, so no compliance items are stored'; return; }
  local instance items='' hop verdict because wanted item_status=NON_COMPLIANT reported=' ' separator=''
  instance=${PATCHPATH_INSTANCE_ID:-$(instance_id)}
  for wanted in blocked open; do
    while read -r hop verdict because; do
      [[ $verdict == "$wanted" && $reported != *" $hop "* ]] || continue
      because=${because//[^[:alnum:] .:\/_-]/}
      items+="$separator{\"Id\":\"$hop\",\"Title\":\"${because:0:400}\",\"Severity\":\"HIGH\",\"Status\":\"$item_status\"}"
      separator=,
      reported+="$hop "
    done <<<"$results"
    item_status=COMPLIANT
  done
  aws ssm put-compliance-items --region "${PATCHPATH_REGION:-}" --resource-id "$instance" --resource-type ManagedInstance \
    --compliance-type Custom:PatchPath --execution-summary "ExecutionTime=$(date -u +%Y-%m-%dT%H:%M:%SZ)" --items "[$items]" ||
    echo 'note: compliance items were not stored'
}

here=$(system)
architecture=$(uname -m)
has_mirror_list=false
while read -r for_system hop kind url; do
  [[ $for_system == any || $for_system == "$here" ]] || continue
  url=${url//ARCHITECTURE/$architecture}
  case $kind in
    reach) check_reach "$hop" "$url" ;;
    try) check_try "$hop" "$url" ;;
    mirror-list)
      has_mirror_list=true
      check_mirror_list "$hop" "$url"
      ;;
  esac
done <<<"$PATCHPATH_CHECKS"
$has_mirror_list || check_package_manager
if ((stale_days > 0)); then check_installed; fi
put_compliance
exit "$status"
