<#
.SYNOPSIS
Sets the certificate of the WSUS site, requires TLS where WSUS supports it, and publishes the certificate that clients trust.

.DESCRIPTION
Without a secret, the script creates a self-signed certificate and writes its public part to an SSM parameter; clients trust
exactly that certificate. With a secret, it uses the certificate of your organization: a JSON object with `pfx` (base64),
`password`, and `authority` (base64, DER) if clients do not trust the authority already. The private key stays in the machine
store, and neither the key nor the password is written anywhere else.

TLS is required for the five virtual directories that Microsoft names. WSUS always serves update files over HTTP.

.PARAMETER Region
The region of the server.

.PARAMETER LogGroup
Name of the log group for reports.

.PARAMETER StateParameter
Name of the SSM parameter that holds the state.

.PARAMETER ServerName
The DNS name of the server for clients.

.PARAMETER CertificateParameter
Name of the SSM parameter for the certificate that clients trust. It is set to `none` if they trust it already.

.PARAMETER CertificateSecret
ARN of the secret with the certificate of your organization; `none` for a self-signed certificate.

.EXAMPLE
.\set-certificate.ps1 -Region eu-west-1 -LogGroup wsus -StateParameter /wsus/state -ServerName ip-10-0-0-5.eu-west-1.compute.internal -CertificateParameter /wsus/certificate -CertificateSecret none
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Region,
    [Parameter(Mandatory = $true)] [string] $LogGroup,
    [Parameter(Mandatory = $true)] [string] $StateParameter,
    [Parameter(Mandatory = $true)] [ValidatePattern('^[A-Za-z0-9.-]+$')] [string] $ServerName,
    [Parameter(Mandatory = $true)] [string] $CertificateParameter,
    [Parameter(Mandatory = $true)] [ValidatePattern('^(none|arn:.+)$')] [string] $CertificateSecret
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$site = 'WSUS Administration'
$friendlyName = 'Patchpath WSUS'
$tlsDirectories = 'ApiRemoting30', 'ClientWebService', 'DSSAuthWebService', 'ServerSyncWebService', 'SimpleAuthWebService'

function Add-ToStore {
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('My', 'Root')] [string] $Store,
        [Parameter(Mandatory = $true)] [Security.Cryptography.X509Certificates.X509Certificate2] $Certificate
    )
    if (Test-Path -Path "Cert:\LocalMachine\$Store\$($Certificate.Thumbprint)") {
        return
    }
    $opened = New-Object -TypeName Security.Cryptography.X509Certificates.X509Store -ArgumentList $Store, 'LocalMachine'
    $opened.Open('ReadWrite')
    try {
        $opened.Add($Certificate)
    } finally {
        $opened.Close()
    }
}

function Get-SelfSigned {
    $renewal = (Get-Date).AddDays(30)
    $certificate = Get-ChildItem -Path Cert:\LocalMachine\My |
        Where-Object { $_.FriendlyName -eq $friendlyName -and $_.NotAfter -gt $renewal } |
        Where-Object { @($_.DnsNameList | ForEach-Object { $_.Unicode }) -contains $ServerName } |
        Sort-Object -Property NotAfter -Descending |
        Select-Object -First 1
    if ($null -eq $certificate) {
        $request = @{
            DnsName = $ServerName
            FriendlyName = $friendlyName
            CertStoreLocation = 'Cert:\LocalMachine\My'
            KeyAlgorithm = 'RSA'
            KeyLength = 3072
            HashAlgorithm = 'SHA256'
            KeyExportPolicy = 'NonExportable'
            NotAfter = (Get-Date).AddYears(2)
            TextExtension = @('2.5.29.37={text}1.3.6.1.5.5.7.3.1')
        }
        $certificate = New-SelfSignedCertificate @request
    }
    @{ Certificate = $certificate; Trust = $certificate }
}

function Get-FromSecret {
    $secret = ConvertFrom-Json -InputObject (Get-SECSecretValue -SecretId $CertificateSecret -Region $Region).SecretString
    foreach ($property in 'pfx', 'password') {
        if ($null -eq $secret.PSObject.Properties[$property]) {
            throw "The secret has no $property; expected a JSON object with pfx and password. Add both to the secret."
        }
    }
    $password = (New-Object -TypeName Net.NetworkCredential -ArgumentList '', $secret.password).SecurePassword
    $bytes = [Convert]::FromBase64String($secret.pfx)
    # In memory first: with PersistKeySet, each run would leave another key file, also for a certificate that is in the store.
    $certificate = New-Object -TypeName Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $bytes, $password, 'EphemeralKeySet'
    if (@($certificate.DnsNameList | ForEach-Object { $_.Unicode }) -notcontains $ServerName) {
        throw "The certificate in the secret is not valid for $ServerName, so clients would reject it. Issue one with that name."
    }
    if (-not (Test-Path -Path "Cert:\LocalMachine\My\$($certificate.Thumbprint)")) {
        $certificate = New-Object -TypeName Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $bytes, $password, 'MachineKeySet, PersistKeySet'
        Add-ToStore -Store My -Certificate $certificate
    }
    $trust = $null
    if ($null -ne $secret.PSObject.Properties['authority']) {
        $der = [Convert]::FromBase64String($secret.authority)
        $trust = New-Object -TypeName Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $der)
    }
    @{ Certificate = $certificate; Trust = $trust }
}

function Set-Binding {
    param([Parameter(Mandatory = $true)] [string] $Thumbprint)
    if ($null -eq (Get-WebBinding -Name $site -Protocol https -Port 8531)) {
        New-WebBinding -Name $site -Protocol https -Port 8531
    }
    $binding = Get-WebBinding -Name $site -Protocol https -Port 8531
    if ($binding.certificateHash -ne $Thumbprint) {
        $binding.AddSslCertificate($Thumbprint, 'My')
    }
}

function Set-TlsDirectory {
    param([Parameter(Mandatory = $true)] [string] $Directory)
    $place = @{
        PSPath = 'MACHINE/WEBROOT/APPHOST'
        Location = "$site/$Directory"
        Filter = 'system.webServer/security/access'
        Name = 'sslFlags'
    }
    if ("$(Get-WebConfigurationProperty @place)" -ne 'Ssl') {
        Set-WebConfigurationProperty @place -Value Ssl
    }
}

function Set-ServerCertificateName {
    $setup = Get-Item -Path 'HKLM:\SOFTWARE\Microsoft\Update Services\Server\Setup'
    if ($setup.GetValue('ServerCertificateName') -eq $ServerName) {
        return
    }
    $utility = Join-Path -Path $env:ProgramFiles -ChildPath 'Update Services\Tools\WsusUtil.exe'
    Invoke-Program -Path $utility -Arguments 'configuressl', $ServerName
    # The service reads the name when it starts.
    Restart-Service -Name WsusService
}

function Publish-Trust {
    param([Security.Cryptography.X509Certificates.X509Certificate2] $Certificate)
    $value = 'none'
    if ($null -ne $Certificate) {
        Add-ToStore -Store Root -Certificate $Certificate
        $value = [Convert]::ToBase64String($Certificate.RawData)
    }
    if ((Get-SSMParameter -Name $CertificateParameter -Region $Region).Value -ne $value) {
        Write-SSMParameter -Name $CertificateParameter -Value $value -Type String -Overwrite $true -Region $Region | Out-Null
    }
}

Initialize-Report -Region $Region -LogGroup $LogGroup -StateParameter $StateParameter
Invoke-ReportedStep -Step certificate -Body {
    Import-Module -Name WebAdministration
    if ($CertificateSecret -eq 'none') {
        $selected = Get-SelfSigned
    } else {
        $selected = Get-FromSecret
    }
    Set-Binding -Thumbprint $selected.Certificate.Thumbprint
    foreach ($directory in $tlsDirectories) {
        Set-TlsDirectory -Directory $directory
    }
    Publish-Trust -Certificate $selected.Trust
    Set-ServerCertificateName
}
