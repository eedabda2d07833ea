<#
.SYNOPSIS
Undoes what set-client.ps1 did: the Windows Update Agent gets its updates from where it did before.

.DESCRIPTION
Puts back the registry values that were noted, removes those that were not there, and no longer trusts the server's
certificate. A machine that was never pointed at a WSUS server by set-client.ps1 is left alone, and so is a value that
somebody has changed since.

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
    Write-Output -InputObject 'This machine was not pointed at a WSUS server: nothing to undo.'
    return
}
foreach ($name in (Get-Item -Path $note).GetValueNames()) {
    Restore-Value -Name $name
}
Remove-TrustedCertificate
Remove-Item -Path $note -Recurse
Restart-Service -Name wuauserv
Write-Output -InputObject 'The Windows Update Agent gets its updates from where it did before.'
