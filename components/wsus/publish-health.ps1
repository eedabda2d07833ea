<#
.SYNOPSIS
Publishes how the WSUS server is, as CloudWatch metrics, on which the alarms stand.

.DESCRIPTION
ServiceUp is 1 when the service runs and answers, SynchronizationSucceeded 1 when the last synchronisation did,
SynchronizationAgeHours the time since then, ContentFreePercent the free part of the content volume. It changes nothing on
the server. Where it can't find out, it publishes the worst, since an alarm that stays silent helps nobody.

.PARAMETER Region
The region of the server.

.PARAMETER LogGroup
Name of the log group for reports.

.PARAMETER StateParameter
Name of the SSM parameter that holds the state.

.PARAMETER Namespace
Namespace of the metrics.

.PARAMETER Server
Value of the dimension Server. It stays when the machine is replaced, so that the alarms do.

.PARAMETER DriveLetter
Letter of the content volume.

.EXAMPLE
.\publish-health.ps1 -Region eu-west-1 -LogGroup wsus -StateParameter /wsus/state -Namespace Patchpath/WSUS -Server prod-wsus
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Region,
    [Parameter(Mandatory = $true)] [string] $LogGroup,
    [Parameter(Mandatory = $true)] [string] $StateParameter,
    [Parameter(Mandatory = $true)] [string] $Namespace,
    [Parameter(Mandatory = $true)] [string] $Server,
    [ValidatePattern('^[D-Z]$')] [string] $DriveLetter = 'W'
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

# A year: older than any limit that an alarm may have.
$neverInHours = 8760

function Get-Health {
    $health = [ordered]@{
        ServiceUp = 0
        SynchronizationSucceeded = 0
        SynchronizationAgeHours = $neverInHours
        ContentFreePercent = 0
    }
    try {
        $volume = Get-Volume -DriveLetter $DriveLetter
        $health.ContentFreePercent = [Math]::Round(100 * $volume.SizeRemaining / $volume.Size, 1)
        if ((Get-Service -Name WsusService).Status -ne 'Running') {
            Write-Report -Message 'The service WsusService does not run.'
            return $health
        }
        $last = (Get-WsusServer).GetSubscription().GetLastSynchronizationInfo()
        $health.ServiceUp = 1
        if ("$($last.Result)" -eq 'Succeeded') {
            $health.SynchronizationSucceeded = 1
            $health.SynchronizationAgeHours = [Math]::Round(([DateTime]::UtcNow - $last.EndTime).TotalHours, 1)
        } else {
            Write-Report -Message "The last synchronisation: $($last.Result) $($last.ErrorText)"
        }
    } catch {
        Write-Report -Message "The server does not answer: $($_.Exception.Message)"
    }
    $health
}

function Publish-Health {
    param([Parameter(Mandatory = $true)] [Collections.Specialized.OrderedDictionary] $Health)
    # Finding the command loads its module, and with that the types below.
    Get-Command -Name Write-CWMetricData | Out-Null
    $data = foreach ($name in $Health.Keys) {
        $dimension = New-Object -TypeName Amazon.CloudWatch.Model.Dimension
        $dimension.Name = 'Server'
        $dimension.Value = $Server
        $datum = New-Object -TypeName Amazon.CloudWatch.Model.MetricDatum
        $datum.MetricName = $name
        $datum.Value = $Health[$name]
        $datum.Dimensions.Add($dimension)
        $datum
    }
    Write-CWMetricData -Namespace $Namespace -MetricData $data -Region $Region
}

Initialize-Report -Region $Region -LogGroup $LogGroup -StateParameter $StateParameter
# What Get-Health reports on the way is output too: the last object is the result.
Publish-Health -Health (Get-Health | Select-Object -Last 1)
