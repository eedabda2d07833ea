<#
.SYNOPSIS
Sets up this machine as a WSUS server: content volume, role, post-installation, application pool.

.DESCRIPTION
Each part first checks whether it is already done. So the script can run again after a restart or a failure, and changes
nothing on a server that is already set up. It fails on Windows without the fix for CVE-2025-59287 before it installs the role.

.PARAMETER Region
The region of the server.

.PARAMETER LogGroup
Name of the log group for reports.

.PARAMETER StateParameter
Name of the SSM parameter that holds the state.

.PARAMETER PatchedBuilds
The first build with the fix, for each version of Windows Server, as build.revision.

.PARAMETER ContentVolumeId
Id of the EBS volume for the update files. It is formatted only if it has no partition table.

.PARAMETER DriveLetter
Letter of the content volume.

.PARAMETER PoolMemoryKB
Private memory at which IIS recycles the application pool, in KB; 0 for no limit. The default limit of the role is too low for
the catalog: clients then get HTTP 503.

.EXAMPLE
.\install-server.ps1 -Region eu-west-1 -LogGroup wsus -StateParameter /wsus/state -PatchedBuilds 20348.4297 -ContentVolumeId vol-0123456789abcdef0
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Region,
    [Parameter(Mandatory = $true)] [string] $LogGroup,
    [Parameter(Mandatory = $true)] [string] $StateParameter,
    [Parameter(Mandatory = $true)] [ValidatePattern('^\d+\.\d+$')] [string[]] $PatchedBuilds,
    [Parameter(Mandatory = $true)] [ValidatePattern('^vol-[0-9a-f]{8,17}$')] [string] $ContentVolumeId,
    [ValidatePattern('^[D-Z]$')] [string] $DriveLetter = 'W',
    [ValidateRange(0, 67108864)] [int] $PoolMemoryKB = 0
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Assert-PatchLevel {
    $windows = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    $build = $windows.CurrentBuildNumber
    $first = @($PatchedBuilds | Where-Object { $_.Split('.')[0] -eq $build })
    if ($first.Count -eq 0) {
        throw "Windows has build $build; expected one of $($PatchedBuilds -join ', '). Launch the server from an image with one of these builds."
    }
    if ([int] $windows.UBR -lt [int] $first[0].Split('.')[1]) {
        throw "Windows has build $build.$($windows.UBR), without the fix for CVE-2025-59287; expected $($first[0]) or later. Install the latest cumulative update, or launch the server from a newer image."
    }
}

function Initialize-ContentVolume {
    # Windows does not always notice by itself that a volume was attached or has grown.
    Update-HostStorageCache
    $serial = $ContentVolumeId.Replace('-', '')
    $disk = Get-Disk | Where-Object { "$($_.SerialNumber)".StartsWith($serial) } | Select-Object -First 1
    if ($null -eq $disk) {
        throw "The volume $ContentVolumeId is not attached; expected a disk whose serial number begins with $serial. Attach it and run this again."
    }
    if ($disk.IsOffline) {
        Set-Disk -Number $disk.Number -IsOffline $false
    }
    if ($disk.IsReadOnly) {
        Set-Disk -Number $disk.Number -IsReadOnly $false
    }
    if ($disk.PartitionStyle -eq 'RAW') {
        Initialize-Disk -Number $disk.Number -PartitionStyle GPT -Confirm:$false
    }
    $partition = Get-ContentPartition -DiskNumber $disk.Number
    if ($null -eq $partition) {
        $partition = New-Partition -DiskNumber $disk.Number -UseMaximumSize -DriveLetter $DriveLetter
        # Without -Confirm:$false it asks, which fails where nobody can answer.
        Format-Volume -Partition $partition -FileSystem NTFS -NewFileSystemLabel WSUS -Confirm:$false | Out-Null
    }
    if ($partition.DriveLetter -ne $DriveLetter) {
        Set-Partition -DiskNumber $disk.Number -PartitionNumber $partition.PartitionNumber -NewDriveLetter $DriveLetter
    }
    $most = (Get-PartitionSupportedSize -DriveLetter $DriveLetter).SizeMax
    # The largest size is rounded to the alignment of partitions, so a full partition may be a few megabytes smaller.
    if ($most - (Get-Partition -DriveLetter $DriveLetter).Size -gt 67108864) {
        Resize-Partition -DriveLetter $DriveLetter -Size $most
    }
}

function Get-ContentPartition {
    param([Parameter(Mandatory = $true)] [int] $DiskNumber)
    Get-Partition -DiskNumber $DiskNumber -ErrorAction SilentlyContinue |
        Where-Object { $_.Type -eq 'Basic' } |
        Select-Object -First 1
}

function Install-UpdateServices {
    # Web-Scripting-Tools has the module WebAdministration, which WSUS itself does not require.
    $features = 'UpdateServices', 'Web-Scripting-Tools'
    if (@(Get-WindowsFeature -Name $features | Where-Object { -not $_.Installed }).Count -eq 0) {
        return
    }
    $result = Install-WindowsFeature -Name $features -IncludeManagementTools
    if ($result.RestartNeeded -eq 'Yes') {
        Set-ReportState -State restarting -Step install -Message 'The role requires a restart.'
        # The SSM agent restarts the machine and runs this script again.
        exit 3010
    }
}

function Complete-PostInstall {
    $content = "${DriveLetter}:\WSUS"
    $setup = Get-Item -Path 'HKLM:\SOFTWARE\Microsoft\Update Services\Server\Setup'
    if ($setup.GetValue('ContentDir') -eq $content) {
        return
    }
    if (-not (Test-Path -Path $content)) {
        New-Item -Path $content -ItemType Directory | Out-Null
    }
    $utility = Join-Path -Path $env:ProgramFiles -ChildPath 'Update Services\Tools\WsusUtil.exe'
    Invoke-Program -Path $utility -Arguments 'postinstall', "CONTENT_DIR=$content"
}

function Set-PoolProperty {
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Element,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [object] $Value
    )
    $place = @{
        PSPath = 'MACHINE/WEBROOT/APPHOST'
        Filter = "system.applicationHost/applicationPools/add[@name='WsusPool']$Element"
        Name = $Name
    }
    if ("$((Get-WebConfigurationProperty @place).Value)" -ne "$Value") {
        Set-WebConfigurationProperty @place -Value $Value
    }
}

function Set-ApplicationPool {
    Import-Module -Name WebAdministration
    # As Microsoft recommends, so that clients do not get HTTP 503 while the pool restarts:
    # https://learn.microsoft.com/troubleshoot/mem/configmgr/update-management/windows-server-update-services-best-practices
    Set-PoolProperty -Element '/recycling/periodicRestart' -Name privateMemory -Value $PoolMemoryKB
    Set-PoolProperty -Element '/recycling/periodicRestart' -Name memory -Value 0
    Set-PoolProperty -Element '/recycling/periodicRestart' -Name time -Value ([TimeSpan]::Zero)
    Set-PoolProperty -Element '' -Name queueLength -Value 2000
    Set-PoolProperty -Element '/processModel' -Name idleTimeout -Value ([TimeSpan]::Zero)
    Set-PoolProperty -Element '/processModel' -Name pingingEnabled -Value $false
}

Initialize-Report -Region $Region -LogGroup $LogGroup -StateParameter $StateParameter
Invoke-ReportedStep -Step install -Body {
    Assert-PatchLevel
    Initialize-ContentVolume
    Install-UpdateServices
    Complete-PostInstall
    Set-ApplicationPool
}
