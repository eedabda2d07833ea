<#
.SYNOPSIS
Cleans up the WSUS server, so that its database and its content volume do not grow without limit.

.DESCRIPTION
Declines expired and superseded updates, and removes computers that have not reported for 30 days, unused revisions, and files
that no approved update requires. A second run finds nothing to do.

.PARAMETER Region
The region of the server.

.PARAMETER LogGroup
Name of the log group for reports.

.PARAMETER StateParameter
Name of the SSM parameter that holds the state.

.EXAMPLE
.\invoke-cleanup.ps1 -Region eu-west-1 -LogGroup wsus -StateParameter /wsus/state
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Region,
    [Parameter(Mandatory = $true)] [string] $LogGroup,
    [Parameter(Mandatory = $true)] [string] $StateParameter
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Initialize-Report -Region $Region -LogGroup $LogGroup -StateParameter $StateParameter
Invoke-ReportedStep -Step clean-up -Body {
    $tasks = @{
        DeclineExpiredUpdates = $true
        DeclineSupersededUpdates = $true
        CleanupObsoleteComputers = $true
        CleanupObsoleteUpdates = $true
        CleanupUnneededContentFiles = $true
        CompressUpdates = $true
    }
    foreach ($line in Get-WsusServer | Invoke-WsusServerCleanup @tasks) {
        Write-Report -Message "$line"
    }
    Set-ReportState -State ready -Step clean-up
}
