<#
.SYNOPSIS
Cleans up the WSUS server, so that its database and its content volume do not grow without limit.

.DESCRIPTION
Declines expired and superseded updates, and removes computers that have not reported for 30 days, unused revisions, and files
that no approved update requires. A second run finds nothing to do. What a run has done stays done if it times out. Before WSUS is
set up, there is nothing to clean up. The state is that of the setup, so only a failure changes it.

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
$service = Get-Service -Name WsusService -ErrorAction SilentlyContinue
if ($null -eq $service -or $service.Status -ne 'Running') {
    Write-Report -Message 'The service WsusService is not running: there is nothing to clean up.'
    return
}
try {
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
} catch {
    Set-ReportState -State failed -Step clean-up -Message $_.Exception.Message
    throw
}
