<#
.SYNOPSIS
Configures what the WSUS server synchronizes, when it does, and which updates it approves automatically.

.DESCRIPTION
Settings that are already correct are not changed. A server that has never synchronized first gets its list of products, which
takes minutes. The first synchronization of updates takes hours; the script starts it and does not wait.

Patch Manager installs updates that both its baseline and WSUS approve. With automatic approval, a WSUS rule approves all
synchronized updates, so only the baseline decides. With manual approval, updates that nobody approved in WSUS are not installed.

.PARAMETER Region
The region of the server.

.PARAMETER LogGroup
Name of the log group for reports.

.PARAMETER StateParameter
Name of the SSM parameter that holds the state.

.PARAMETER Products
Titles of the products, as WSUS shows them.

.PARAMETER Classifications
Titles of the classifications, as WSUS shows them.

.PARAMETER Languages
Codes of the languages of the update files to download.

.PARAMETER TargetGroups
Names of the computer groups for clients; `none` for none.

.PARAMETER SynchronizationTime
Time of the first synchronization of a day, UTC, as hh:mm:ss.

.PARAMETER SynchronizationsPerDay
Number of synchronizations in a day.

.PARAMETER Approval
Automatic or Manual.

.PARAMETER WaitMinutes
How long to wait for the list of products.

.EXAMPLE
.\set-configuration.ps1 -Region eu-west-1 -LogGroup wsus -StateParameter /wsus/state -Products 'Windows Server 2019' -Classifications 'Security Updates' -Languages en
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Region,
    [Parameter(Mandatory = $true)] [string] $LogGroup,
    [Parameter(Mandatory = $true)] [string] $StateParameter,
    [Parameter(Mandatory = $true)] [string[]] $Products,
    [Parameter(Mandatory = $true)] [string[]] $Classifications,
    [Parameter(Mandatory = $true)] [ValidatePattern('^[a-z]{2}(-[a-z]{2,4})?$')] [string[]] $Languages,
    [string[]] $TargetGroups = @('none'),
    [ValidatePattern('^\d\d:\d\d:\d\d$')] [string] $SynchronizationTime = '03:00:00',
    [ValidateRange(1, 24)] [int] $SynchronizationsPerDay = 1,
    [ValidateSet('Automatic', 'Manual')] [string] $Approval = 'Automatic',
    [ValidateRange(1, 600)] [int] $WaitMinutes = 60
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$ruleName = 'Patchpath'

function Test-SameList {
    param([AllowEmptyCollection()] [string[]] $Current, [AllowEmptyCollection()] [string[]] $Wanted)
    (@($Current | Sort-Object) -join "`n") -eq (@($Wanted | Sort-Object) -join "`n")
}

function Set-ServerConfiguration {
    param([Parameter(Mandatory = $true)] [object] $Server)
    $configuration = $Server.GetConfiguration()
    $wanted = [ordered]@{
        SyncFromMicrosoftUpdate = $true
        HostBinariesOnMicrosoftUpdate = $false
        DownloadUpdateBinariesAsNeeded = $true
        TargetingMode = [Microsoft.UpdateServices.Administration.TargetingMode]::Client
        OobeInitialized = $true
        AllUpdateLanguagesEnabled = $false
    }
    $changed = $false
    foreach ($name in $wanted.Keys) {
        if ($configuration.$name -ne $wanted[$name]) {
            $configuration.$name = $wanted[$name]
            $changed = $true
        }
    }
    if (-not (Test-SameList -Current @($configuration.GetEnabledUpdateLanguages()) -Wanted $Languages)) {
        $collection = New-Object -TypeName System.Collections.Specialized.StringCollection
        $collection.AddRange($Languages)
        $configuration.SetEnabledUpdateLanguages($collection)
        $changed = $true
    }
    if ($changed) {
        $configuration.Save()
    }
}

function Wait-Synchronization {
    param([Parameter(Mandatory = $true)] [object] $Subscription)
    $deadline = (Get-Date).AddMinutes($WaitMinutes)
    while ("$($Subscription.GetSynchronizationStatus())" -ne 'NotProcessing') {
        if ((Get-Date) -gt $deadline) {
            throw "The list of products was not synchronized within $WaitMinutes minutes. Check that the server reaches Microsoft Update on 443 and 80 through NAT, then run this command again."
        }
        Start-Sleep -Seconds 20
    }
}

function Select-ByTitle {
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $All,
        [Parameter(Mandatory = $true)] [string[]] $Titles
    )
    @($All | Where-Object { $Titles -contains $_.Title })
}

function Assert-AllFound {
    param(
        [Parameter(Mandatory = $true)] [string] $What,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Found,
        [Parameter(Mandatory = $true)] [string[]] $Titles
    )
    $titlesFound = @($Found | ForEach-Object { $_.Title })
    $missing = @($Titles | Where-Object { $titlesFound -notcontains $_ })
    if ($missing.Count -gt 0) {
        throw "WSUS has no $What with the title $($missing -join ', '). Run Get-WsusProduct and Get-WsusClassification to list the titles."
    }
}

function Set-Subscription {
    param([Parameter(Mandatory = $true)] [object] $Server)
    $subscription = $Server.GetSubscription()
    if (@(Select-ByTitle -All @($Server.GetUpdateCategories()) -Titles $Products).Count -lt $Products.Count) {
        if ("$($subscription.GetSynchronizationStatus())" -eq 'NotProcessing') {
            $subscription.StartSynchronizationForCategoryOnly()
        }
        Wait-Synchronization -Subscription $subscription
    }
    $categories = @(Select-ByTitle -All @($Server.GetUpdateCategories()) -Titles $Products)
    $classes = @(Select-ByTitle -All @($Server.GetUpdateClassifications()) -Titles $Classifications)
    Assert-AllFound -What product -Found $categories -Titles $Products
    Assert-AllFound -What classification -Found $classes -Titles $Classifications

    $changed = $false
    if (-not (Test-SameList -Current @($subscription.GetUpdateCategories() | ForEach-Object { $_.Title }) -Wanted @($categories | ForEach-Object { $_.Title }))) {
        $subscription.SetUpdateCategories((New-Collection -Type UpdateCategoryCollection -Items $categories))
        $changed = $true
    }
    if (-not (Test-SameList -Current @($subscription.GetUpdateClassifications() | ForEach-Object { $_.Title }) -Wanted @($classes | ForEach-Object { $_.Title }))) {
        $subscription.SetUpdateClassifications((New-Collection -Type UpdateClassificationCollection -Items $classes))
        $changed = $true
    }
    $schedule = [ordered]@{
        SynchronizeAutomatically = $true
        SynchronizeAutomaticallyTimeOfDay = [TimeSpan]::Parse($SynchronizationTime, [Globalization.CultureInfo]::InvariantCulture)
        NumberOfSynchronizationsPerDay = $SynchronizationsPerDay
    }
    foreach ($name in $schedule.Keys) {
        if ($subscription.$name -ne $schedule[$name]) {
            $subscription.$name = $schedule[$name]
            $changed = $true
        }
    }
    if ($changed) {
        $subscription.Save()
    }
    Set-ApprovalRule -Server $Server -Categories $categories -Classes $classes
    if (($changed -or $Server.GetUpdateCount() -eq 0) -and "$($subscription.GetSynchronizationStatus())" -eq 'NotProcessing') {
        $subscription.StartSynchronization()
    }
}

function New-Collection {
    param(
        [Parameter(Mandatory = $true)] [string] $Type,
        [Parameter(Mandatory = $true)] [object[]] $Items
    )
    $collection = New-Object -TypeName "Microsoft.UpdateServices.Administration.$Type"
    foreach ($item in $Items) {
        $collection.Add($item) | Out-Null
    }
    # The comma prevents PowerShell from enumerating the collection.
    , $collection
}

function Set-ApprovalRule {
    param(
        [Parameter(Mandatory = $true)] [object] $Server,
        [Parameter(Mandatory = $true)] [object[]] $Categories,
        [Parameter(Mandatory = $true)] [object[]] $Classes
    )
    $rule = $Server.GetInstallApprovalRules() | Where-Object { $_.Name -eq $ruleName } | Select-Object -First 1
    if ($Approval -eq 'Manual') {
        if ($null -ne $rule -and $rule.Enabled) {
            $rule.Enabled = $false
            $rule.Save()
        }
        return
    }
    $isNew = $null -eq $rule -or -not $rule.Enabled
    if ($null -eq $rule) {
        $rule = $Server.CreateInstallApprovalRule($ruleName)
    }
    $everyone = $Server.GetComputerTargetGroup([Microsoft.UpdateServices.Administration.ComputerTargetGroupId]::AllComputers)
    $rule.SetCategories((New-Collection -Type UpdateCategoryCollection -Items $Categories))
    $rule.SetUpdateClassifications((New-Collection -Type UpdateClassificationCollection -Items $Classes))
    $rule.SetComputerTargetGroups((New-Collection -Type ComputerTargetGroupCollection -Items @($everyone)))
    $rule.Enabled = $true
    $rule.Save()
    if ($isNew) {
        # By itself, a rule approves only what is synchronized from now on.
        $rule.ApplyRule() | Out-Null
    }
}

function Add-TargetGroup {
    param([Parameter(Mandatory = $true)] [object] $Server)
    $existing = @($Server.GetComputerTargetGroups() | ForEach-Object { $_.Name })
    foreach ($name in $TargetGroups | Where-Object { $_ -ne 'none' -and $existing -notcontains $_ }) {
        $Server.CreateComputerTargetGroup($name) | Out-Null
    }
}

Initialize-Report -Region $Region -LogGroup $LogGroup -StateParameter $StateParameter
Invoke-ReportedStep -Step configuration -Body {
    $server = Get-WsusServer
    Set-ServerConfiguration -Server $server
    Add-TargetGroup -Server $server
    Set-Subscription -Server $server
    Set-ReportState -State ready -Step configuration
}
