<#
.SYNOPSIS
Configures the Windows Update Agent of this machine for a WSUS server, and checks that the server responds.

.DESCRIPTION
Sets the registry values of local policy. The values before the first run are saved, so that reset-client.ps1 can restore them.
Group Policy takes precedence: it sets the same values again at its next refresh.

NoAutoUpdate is 0 and AUOptions is 3 (download and notify), so that the agent searches the server and Patch Manager decides when
to install. The check is a search for updates, once a day and after each change: if the server does not respond, the command fails.

.PARAMETER Region
The region of the machine.

.PARAMETER ServerUrl
The server, with its scheme and port.

.PARAMETER CertificateParameter
Name of the SSM parameter with the certificate to trust; `none` if the machine trusts the authority of the server already.

.PARAMETER TargetGroup
The WSUS computer group of this machine; `none` for none.

.EXAMPLE
.\set-client.ps1 -Region eu-west-1 -ServerUrl https://ip-10-0-0-5.eu-west-1.compute.internal:8531 -CertificateParameter /wsus/certificate -TargetGroup none
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Region,
    [Parameter(Mandatory = $true)] [ValidatePattern('^https?://[A-Za-z0-9.-]+:\d{1,5}$')] [string] $ServerUrl,
    [Parameter(Mandatory = $true)] [string] $CertificateParameter,
    [Parameter(Mandatory = $true)] [string] $TargetGroup
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$policy = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'
$note = 'HKLM:\SOFTWARE\Patchpath\WsusClient'

function Get-WantedValue {
    @{ Path = $policy; Name = 'WUServer'; Type = 'String'; Value = $ServerUrl }
    @{ Path = $policy; Name = 'WUStatusServer'; Type = 'String'; Value = $ServerUrl }
    @{ Path = $policy; Name = 'DoNotConnectToWindowsUpdateInternetLocations'; Type = 'DWord'; Value = 1 }
    @{ Path = "$policy\AU"; Name = 'UseWUServer'; Type = 'DWord'; Value = 1 }
    @{ Path = "$policy\AU"; Name = 'NoAutoUpdate'; Type = 'DWord'; Value = 0 }
    @{ Path = "$policy\AU"; Name = 'AUOptions'; Type = 'DWord'; Value = 3 }
    if ($TargetGroup -eq 'none') {
        @{ Path = $policy; Name = 'TargetGroupEnabled'; Type = 'DWord'; Value = 0 }
    } else {
        @{ Path = $policy; Name = 'TargetGroupEnabled'; Type = 'DWord'; Value = 1 }
        @{ Path = $policy; Name = 'TargetGroup'; Type = 'String'; Value = $TargetGroup }
    }
}

function Get-RegistryValue {
    param([Parameter(Mandatory = $true)] [string] $Path, [Parameter(Mandatory = $true)] [string] $Name)
    if (Test-Path -Path $Path) {
        (Get-Item -Path $Path).GetValue($Name)
    }
}

function Set-RegistryValue {
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Type,
        [Parameter(Mandatory = $true)] [object] $Value
    )
    if (-not (Test-Path -Path $Path)) {
        New-Item -Path $Path -Force | Out-Null
    }
    Set-ItemProperty -Path $Path -Name $Name -Type $Type -Value $Value
}

function Save-Before {
    param([Parameter(Mandatory = $true)] [hashtable] $Wanted)
    $noted = Get-RegistryValue -Path $note -Name $Wanted.Name
    if ($null -eq $noted) {
        $before = Get-RegistryValue -Path $Wanted.Path -Name $Wanted.Name
    } else {
        $before = (ConvertFrom-Json -InputObject $noted).before
    }
    $entry = [ordered]@{ path = $Wanted.Path; type = $Wanted.Type; before = $before; set = $Wanted.Value }
    Set-RegistryValue -Path $note -Name $Wanted.Name -Type String -Value (ConvertTo-Json -InputObject $entry -Compress)
}

function Add-TrustedCertificate {
    $encoded = (Get-SSMParameter -Name $CertificateParameter -Region $Region).Value
    if ($encoded -eq 'none') {
        return
    }
    if ($encoded -eq 'pending') {
        throw "The server has not published its certificate in $CertificateParameter yet. Check the state of the server; State Manager runs this command again."
    }
    $bytes = [Convert]::FromBase64String($encoded)
    $certificate = New-Object -TypeName Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
    if (Test-Path -Path "Cert:\LocalMachine\Root\$($certificate.Thumbprint)") {
        return
    }
    $store = New-Object -TypeName Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadWrite')
    try {
        $store.Add($certificate)
    } finally {
        $store.Close()
    }
    Set-RegistryValue -Path "$note\Certificates" -Name $certificate.Thumbprint -Type String -Value $certificate.Subject
}

function Test-Server {
    $searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
    # 1: the managed server, which is WSUS. Other values would fall back to the internet.
    $searcher.ServerSelection = 1
    $result = $searcher.Search('IsInstalled=0 and IsHidden=0')
    Write-Output -InputObject "The WSUS server $ServerUrl responds: $($result.Updates.Count) updates are missing on this machine."
}

if ($CertificateParameter -ne 'none') {
    Add-TrustedCertificate
}
$changed = $false
foreach ($wanted in Get-WantedValue) {
    Save-Before -Wanted $wanted
    if ((Get-RegistryValue -Path $wanted.Path -Name $wanted.Name) -ne $wanted.Value) {
        Set-RegistryValue @wanted
        $changed = $true
    }
}
if ($changed) {
    Restart-Service -Name wuauserv
}
$search = "$([DateTime]::UtcNow.ToString('yyyy-MM-dd')) $ServerUrl"
if ($changed -or (Get-RegistryValue -Path "$note\Checked" -Name LastSearch) -ne $search) {
    Test-Server
    Set-RegistryValue -Path "$note\Checked" -Name LastSearch -Type String -Value $search
}
