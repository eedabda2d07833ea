#!/bin/bash
# Checks from inside an instance whether its patches can reach it, hop by hop (docs/path.md), the way dnf and yum go: without
# a signature. Patch Manager itself reports success on Amazon Linux 2023 when the repository could not be read.
#
# The document sets PATCHPATH_CHECKS, one check to a line: SYSTEM HOP KIND URL. SYSTEM is `any`, or ID-VERSION_ID of
# /etc/os-release; KIND is `reach` (any answer will do), `try` (a refusal may have other reasons) or `mirror-list`.
# Prints a line for each hop and exits with the status of the first that is blocked: see status_of.
set -u

: "${PATCHPATH_CHECKS:?is set by the document}"
timeout=${PATCHPATH_TIMEOUT_SECONDS:-20}
stale_days=${PATCHPATH_STALE_DAYS:-0}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# Those of policypack/path/hop.ts that can be seen from here, and `installed`. 194 would make the agent restart the instance.
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

# Reads a URL into $body. Sets $code (000 without an answer) and $failure (curl's exit status).
read_url() {
  code=$(curl --silent --output "$body" --write-out '%{http_code}' --connect-timeout "$timeout" --max-time "$timeout" "$1")
  failure=$?
}

# S3's own word for what it refuses, such as AccessDenied.
s3_code() { sed -n 's/.*<Code>\([A-Za-z]*\)<\/Code>.*/\1/p' "$body" | head -n 1; }

# What stands between this instance and an answer, whatever the hop that asked.
report_silence() { # HOP URL
  local host=${2#*://}
  host=${host%%/*}
  case $failure in
    6) report dns blocked "$host has no address: private DNS of the endpoint, or DNS support of the VPC, is missing" ;;
    7 | 28)
      if [[ $1 == control-plane ]]; then
        report control-plane blocked "$host does not answer on 443: no endpoint and no NAT, or a security group or network ACL is in the way"
      else
        report s3-route blocked "$host does not answer: the route table has no S3 endpoint, or a security group or network ACL is in the way"
      fi
      ;;
    *) report "$1" blocked "$host can't be read: curl ended with status $failure" ;;
  esac
}

report_refusal() { # HOP URL
  local reason
  reason=$(s3_code)
  case $code in
    301 | 307 | 400) report "$1" blocked "$2 is answered with $code ${reason:-without a reason}: the bucket is in another region" ;;
    403) report "$1" blocked "$2 is answered with 403 ${reason:-without a reason}: the S3 endpoint's policy does not admit the unsigned read" ;;
    *) report "$1" blocked "$2 is answered with $code ${reason:-without a reason}" ;;
  esac
}

check_reach() { # HOP URL
  read_url "$2"
  if [[ $code == 000 ]]; then report_silence "$1" "$2"; else report "$1" open "$2 answers"; fi
}

# Whether the object is still there we don't know, and to the unsigned S3 says 403 for a missing one too.
check_try() { # HOP URL
  read_url "$2"
  case $code in
    000) report_silence "$1" "$2" ;;
    200 | 206) report "$1" open "$2 is readable" ;;
    *) report "$1" unknown "$2 is answered with $code $(s3_code): refused, or no longer there" ;;
  esac
}

# As dnf and yum do it: the list names a directory, in which the metadata is.
check_mirror_list() { # HOP URL
  read_url "$2"
  if [[ $code == 000 ]]; then report_silence "$1" "$2"; return; fi
  if [[ $code != 200 ]]; then report_refusal "$1" "$2"; return; fi
  local mirror metadata
  mirror=$(head -n 1 "$body")
  if [[ ! $mirror =~ ^https?:// ]]; then
    report "$1" blocked "$2 names no mirror: something on the way answers in place of S3"
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
        report "$1" blocked "$metadata is no repository metadata: something on the way answers in place of S3"
      fi
      ;;
    *) report_refusal "$1" "$metadata" ;;
  esac
}

# Systems whose repositories are the distributor's: the package manager knows where, and must not pass over what is missing.
check_package_manager() {
  local output
  if command -v dnf >/dev/null; then output=$(dnf --quiet --setopt='*.skip_if_unavailable=0' makecache 2>&1)
  elif command -v yum >/dev/null; then output=$(yum --quiet --setopt='*.skip_if_unavailable=0' makecache 2>&1)
  elif command -v zypper >/dev/null; then output=$(zypper --non-interactive refresh 2>&1)
  elif command -v apt-get >/dev/null; then output=$(apt-get --quiet --option APT::Update::Error-Mode=any update 2>&1)
  else report repository unknown "no package manager that this script knows"; return
  fi
  # shellcheck disable=SC2181 # the status is that of whichever branch ran
  if [[ $? -eq 0 ]]; then report repository open "the package manager reads its repositories"
  else report repository blocked "the package manager can't read its repositories: $(tail -n 1 <<<"$output")"
  fi
}

# When the newest package came, in seconds since 1970.
last_installation() {
  if command -v rpm >/dev/null && rpm -q rpm >/dev/null 2>&1; then rpm -qa --qf '%{INSTALLTIME}\n' | sort -n | tail -n 1
  elif [[ -d /var/lib/dpkg/info ]]; then find /var/lib/dpkg/info -name '*.list' -printf '%Ts\n' | sort -n | tail -n 1
  fi
}

check_installed() {
  local last days
  last=${PATCHPATH_LAST_INSTALLATION:-$(last_installation)}
  if [[ ! $last =~ ^[0-9]+$ ]]; then report installed unknown "the package database tells no dates"; return; fi
  days=$((($(date +%s) - last) / 86400))
  if ((days > stale_days)); then report installed blocked "nothing was installed for $days days, more than $stale_days"
  else report installed open "something was installed $days days ago"
  fi
}

instance_id() {
  local metadata=http://169.254.169.254/latest token
  token=$(curl --silent --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token")
  curl --silent --max-time 5 --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/instance-id"
}

# The results as compliance items of the instance, one for each hop: blocked, if it is in anything. Compliance has no word for
# unknown, so of that there is no item. Without the AWS CLI, which not every image has, the exit status must do.
put_compliance() {
  command -v aws >/dev/null || { echo 'note: no AWS CLI here, so nothing is put into Compliance'; return; }
  local instance items='' hop verdict because wanted item_status=NON_COMPLIANT told=' ' separator=''
  instance=${PATCHPATH_INSTANCE_ID:-$(instance_id)}
  for wanted in blocked open; do
    while read -r hop verdict because; do
      [[ $verdict == "$wanted" && $told != *" $hop "* ]] || continue
      because=${because//[^[:alnum:] .:\/_-]/}
      items+="$separator{\"Id\":\"$hop\",\"Title\":\"${because:0:400}\",\"Severity\":\"HIGH\",\"Status\":\"$item_status\"}"
      separator=,
      told+="$hop "
    done <<<"$results"
    item_status=COMPLIANT
  done
  aws ssm put-compliance-items --region "${PATCHPATH_REGION:-}" --resource-id "$instance" --resource-type ManagedInstance \
    --compliance-type Custom:PatchPath --execution-summary "ExecutionTime=$(date -u +%Y-%m-%dT%H:%M:%SZ)" --items "[$items]" ||
    echo 'note: Compliance took nothing'
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
