<#
.SYNOPSIS
Reverts set-client.ps1: the Windows Update Agent gets updates from its previous source.

.DESCRIPTION
Restores the previous registry values, removes those that did not exist before, and removes the certificate of the server from the
trusted roots. A machine on which set-client.ps1 never ran is not changed, and neither is a value that was changed since.

.EXAMPLE
.\reset-client.ps1
#>
[CmdletBinding()]
param()
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$note = 'HKLM:\SOFTWARE\Patchpath\WsusClient'

function Restore-Value {
    param([Parameter(Mandatory = $true)] [string] $Name)
    $noted = ConvertFrom-Json -InputObject (Get-Item -Path $note).GetValue($Name)
    if (-not (Test-Path -Path $noted.path) -or (Get-Item -Path $noted.path).GetValue($Name) -ne $noted.set) {
        return
    }
    if ($null -eq $noted.before) {
        Remove-ItemProperty -Path $noted.path -Name $Name
    } else {
        Set-ItemProperty -Path $noted.path -Name $Name -Type $noted.type -Value $noted.before
    }
}

function Remove-TrustedCertificate {
    $certificates = "$note\Certificates"
    if (-not (Test-Path -Path $certificates)) {
        return
    }
    foreach ($thumbprint in (Get-Item -Path $certificates).GetValueNames()) {
        $path = "Cert:\LocalMachine\Root\$thumbprint"
        if (Test-Path -Path $path) {
            Remove-Item -Path $path
        }
    }
}

if (-not (Test-Path -Path $note)) {
    Write-Output -InputObject 'This machine was not configured for a WSUS server: there is nothing to revert.'
    return
}
foreach ($name in (Get-Item -Path $note).GetValueNames()) {
    Restore-Value -Name $name
}
Remove-TrustedCertificate
Remove-Item -Path $note -Recurse
Restart-Service -Name wuauserv
Write-Output -InputObject 'The Windows Update Agent gets updates from its previous source.'
