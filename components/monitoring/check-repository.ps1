# Checks from inside a Windows instance whether it can reach its patches, hop by hop (docs/path.md). The document sets
# $Checks, one check per line: SYSTEM HOP KIND URL. This script uses the lines for `any` and `windows`.
# Updates come from the WSUS server that the Windows Update policies name, otherwise from Microsoft.
# It prints a line for each check and exits with the status of the first blocked hop, as check-repository.sh does.
$ErrorActionPreference = 'Stop'
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
$TimeoutSeconds = 20
$StatusOf = @{ 'dns' = 22; 'control-plane' = 23; 's3-route' = 26; 'payload' = 27; 'repository' = 29; 'installed' = 40 }
$Results = New-Object System.Collections.ArrayList

function Add-Result([string]$Hop, [string]$Verdict, [string]$Because) {
    Write-Output "$Hop ${Verdict}: $Because"
    [void]$Results.Add([pscustomobject]@{ Hop = $Hop; Verdict = $Verdict; Because = $Because })
}

# The status of the response, or 0 without a response; then $script:Failure has the reason.
function Get-HttpStatus([string]$Url) {
    $script:Failure = $null
    try {
        return [int](Invoke-WebRequest -Uri $Url -Method Get -UseBasicParsing -TimeoutSec $TimeoutSeconds).StatusCode
    } catch {
        $script:Failure = $_.Exception
        $response = $_.Exception.Response
        if ($null -ne $response) { return [int]$response.StatusCode }
        return 0
    }
}

function Add-Silence([string]$Hop, [string]$Url) {
    $name = ([Uri]$Url).Host
    $resolved = $false
    try { $resolved = [Net.Dns]::GetHostAddresses($name).Length -gt 0 } catch { $resolved = $false }
    if (-not $resolved) {
        Add-Result 'dns' 'blocked' "$name has no address: private DNS of the endpoint, or DNS support of the VPC, is missing"
    } elseif ($Hop -eq 'payload') {
        Add-Result 's3-route' 'blocked' "$name does not respond: the route table has no S3 endpoint, or a security group or network ACL blocks it"
    } else {
        Add-Result $Hop 'blocked' "$name does not respond: $($script:Failure.Message)"
    }
}

function Test-Url([string]$Hop, [string]$Kind, [string]$Url) {
    $status = Get-HttpStatus $Url
    if ($status -eq 0) { Add-Silence $Hop $Url }
    elseif ($Kind -eq 'reach' -or $status -lt 300) { Add-Result $Hop 'open' "$Url responds with $status" }
    elseif ($Kind -eq 'try') { Add-Result $Hop 'unknown' "$Url responds with ${status}: access is denied, or the object no longer exists" }
    else { Add-Result $Hop 'blocked' "$Url responds with $status" }
}

foreach ($line in ($Checks -split "`n")) {
    $system, $hop, $kind, $url = $line.Trim() -split ' ', 4
    if ($system -eq 'any' -or $system -eq 'windows') { Test-Url $hop $kind $url }
}

$policy = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate' -ErrorAction SilentlyContinue
if ($null -ne $policy -and $policy.WUServer) {
    Test-Url 'repository' 'read' "$($policy.WUServer.TrimEnd('/'))/selfupdate/iuident.cab"
} else {
    Test-Url 'repository' 'reach' 'http://download.windowsupdate.com/'
}

if ($StaleDays -gt 0) {
    $last = Get-HotFix | Where-Object { $_.InstalledOn } | Sort-Object InstalledOn | Select-Object -Last 1
    if ($null -eq $last) {
        Add-Result 'installed' 'unknown' 'no installed update has a date'
    } else {
        $days = [int]((Get-Date) - $last.InstalledOn).TotalDays
        if ($days -gt $StaleDays) { Add-Result 'installed' 'blocked' "no update was installed for $days days; expected at most $StaleDays" }
        else { Add-Result 'installed' 'open' "$($last.HotFixID) was installed $days days ago" }
    }
}

# The Windows images of AWS include the AWS Tools for PowerShell. Without them, the exit status is the only result.
if (Get-Command Write-SSMComplianceItem -ErrorAction SilentlyContinue) {
    try {
        $token = Invoke-RestMethod -Method Put -Uri 'http://169.254.169.254/latest/api/token' -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '60' }
        $instance = Invoke-RestMethod -Uri 'http://169.254.169.254/latest/meta-data/instance-id' -Headers @{ 'X-aws-ec2-metadata-token' = $token }
        # One item for each hop: blocked if any of its checks is. Compliance has no status for unknown, so such hops have no item.
        $reported = $Results | Where-Object { $_.Verdict -ne 'unknown' } | Group-Object -Property Hop | ForEach-Object {
            @($_.Group | Where-Object { $_.Verdict -eq 'blocked' }) + @($_.Group) | Select-Object -First 1
        }
        $items = $reported | ForEach-Object {
            $item = New-Object Amazon.SimpleSystemsManagement.Model.ComplianceItemEntry
            $item.Id = $_.Hop
            $item.Title = $_.Because.Substring(0, [Math]::Min(400, $_.Because.Length))
            $item.Severity = 'HIGH'
            $item.Status = if ($_.Verdict -eq 'blocked') { 'NON_COMPLIANT' } else { 'COMPLIANT' }
            $item
        }
        Write-SSMComplianceItem -Region $Region -ResourceId $instance -ResourceType ManagedInstance -ComplianceType 'Custom:PatchPath' -ExecutionSummary_ExecutionTime (Get-Date).ToUniversalTime() -Item $items
    } catch {
        Write-Output "note: compliance items were not stored: $($_.Exception.Message)"
    }
} else {
    Write-Output 'note: the AWS Tools for PowerShell are not installed, so no compliance items are stored'
}

$blocked = $Results | Where-Object { $_.Verdict -eq 'blocked' } | Select-Object -First 1
if ($null -ne $blocked) { exit $StatusOf[$blocked.Hop] }
exit 0
