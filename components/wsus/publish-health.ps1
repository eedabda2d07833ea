<#
.SYNOPSIS
Publishes the health of the WSUS server as CloudWatch metrics, for the alarms.

.DESCRIPTION
ServiceUp is 1 if the service runs and responds. SynchronizationSucceeded is 1 if the last synchronization succeeded, and
SynchronizationAgeHours is the time since then. ContentFreePercent is the free space of the content volume. The script changes
nothing on the server. If it cannot determine a value, it publishes the worst one, so that the alarm goes off.

.PARAMETER Region
The region of the server.

.PARAMETER LogGroup
Name of the log group for reports.

.PARAMETER StateParameter
Name of the SSM parameter that holds the state.

.PARAMETER Namespace
Namespace of the metrics.

.PARAMETER Server
Value of the dimension Server. It stays the same if the machine is replaced, so the alarms stay valid.

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
            Write-Report -Message 'The service WsusService is not running.'
            return $health
        }
        $last = (Get-WsusServer).GetSubscription().GetLastSynchronizationInfo()
        $health.ServiceUp = 1
        if ("$($last.Result)" -eq 'Succeeded') {
            $health.SynchronizationSucceeded = 1
            $health.SynchronizationAgeHours = [Math]::Round(([DateTime]::UtcNow - $last.EndTime).TotalHours, 1)
        } else {
            Write-Report -Message "Result of the last synchronization: $($last.Result) $($last.ErrorText)"
        }
    } catch {
        Write-Report -Message "The server does not respond: $($_.Exception.Message)"
    }
    $health
}

function Publish-Health {
    param([Parameter(Mandatory = $true)] [Collections.Specialized.OrderedDictionary] $Health)
    # Get-Command loads the module, and with it the types below.
    Get-Command -Name Write-CWMetricData | Out-Null
    $data = foreach ($name in $Health.Keys) {
        $dimension = New-Object -TypeName Amazon.CloudWatch.Model.Dimension
        $dimension.Name = 'Server'
        $dimension.Value = $Server
        $datum = New-Object -TypeName Amazon.CloudWatch.Model.MetricDatum
        $datum.MetricName = $name
        $datum.Value = $Health[$name]
        # With AWS Tools for PowerShell 5, a new object has no list yet.
        $datum.Dimensions = New-Object -TypeName 'System.Collections.Generic.List[Amazon.CloudWatch.Model.Dimension]'
        $datum.Dimensions.Add($dimension)
        $datum
    }
    Write-CWMetricData -Namespace $Namespace -MetricData $data -Region $Region
}

Initialize-Report -Region $Region -LogGroup $LogGroup -StateParameter $StateParameter
# The reports of Get-Health are output too: the last object is the result.
Publish-Health -Health (Get-Health | Select-Object -Last 1)
