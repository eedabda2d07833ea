<#
.SYNOPSIS
Functions by which the scripts of the WSUS server tell the operator how far they are.

.DESCRIPTION
They stand before each script in its Command document. The state goes to an SSM parameter, what happened to a log group,
both by the AWS Tools for PowerShell, which every Windows image of AWS's brings. Nothing here stops a script: a server that
can't report is still to be set up.

.NOTES
Windows PowerShell 5.1. Messages are the scripts' own words and those of errors; no secret is ever part of them.
#>
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$script:report = @{ Region = ''; LogGroup = ''; LogStream = ''; StateParameter = '' }

<#
.SYNOPSIS
Says where reports go.

.PARAMETER Region
The region of the log group and the parameter.

.PARAMETER LogGroup
Name of the log group.

.PARAMETER StateParameter
Name of the SSM parameter that holds the state.
#>
function Initialize-Report {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Region,
        [Parameter(Mandatory = $true)] [string] $LogGroup,
        [Parameter(Mandatory = $true)] [string] $StateParameter
    )
    $script:report.Region = $Region
    $script:report.LogGroup = $LogGroup
    $script:report.LogStream = $env:COMPUTERNAME
    $script:report.StateParameter = $StateParameter
}

<#
.SYNOPSIS
Writes a line to the output of the command and to the log group.

.PARAMETER Message
The line.
#>
function Write-Report {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Message)

    Write-Output -InputObject $Message
    $stream = @{
        LogGroupName = $script:report.LogGroup
        Region = $script:report.Region
    }
    $name = $script:report.LogStream
    try {
        $existing = @(Get-CWLLogStream @stream -LogStreamNamePrefix $name | Where-Object { $_.LogStreamName -eq $name })
        if ($existing.Count -eq 0) {
            New-CWLLogStream @stream -LogStreamName $name | Out-Null
        }
        $line = New-Object -TypeName Amazon.CloudWatchLogs.Model.InputLogEvent
        $line.Timestamp = [DateTime]::UtcNow
        $line.Message = $Message
        Write-CWLLogEvent @stream -LogStreamName $name -LogEvent $line | Out-Null
    } catch {
        Write-Warning -Message "not in the log group: $($_.Exception.Message)"
    }
}

<#
.SYNOPSIS
Sets the state that the operator reads.

.PARAMETER State
One of working, restarting, ready, failed.

.PARAMETER Step
The step that is in this state.

.PARAMETER Message
What there is to say of it.
#>
function Set-ReportState {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('working', 'restarting', 'ready', 'failed')] [string] $State,
        [Parameter(Mandatory = $true)] [string] $Step,
        [string] $Message = ''
    )
    Write-Report -Message "${Step}: ${State} ${Message}"
    $value = [ordered]@{
        state = $State
        step = $Step
        message = $Message
        at = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
    }
    try {
        $parameter = @{
            Name = $script:report.StateParameter
            Value = ConvertTo-Json -InputObject $value -Compress
            Type = 'String'
            Overwrite = $true
            Region = $script:report.Region
        }
        Write-SSMParameter @parameter | Out-Null
    } catch {
        Write-Warning -Message "not in the state parameter: $($_.Exception.Message)"
    }
}

<#
.SYNOPSIS
Runs a step, and reports where it fails.

.PARAMETER Step
Its name.

.PARAMETER Body
What it does.
#>
function Invoke-ReportedStep {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Step,
        [Parameter(Mandatory = $true)] [scriptblock] $Body
    )
    Set-ReportState -State working -Step $Step
    try {
        & $Body
    } catch {
        Set-ReportState -State failed -Step $Step -Message $_.Exception.Message
        throw
    }
}

<#
.SYNOPSIS
Runs a program and fails where it does.

.PARAMETER Path
The program.

.PARAMETER Arguments
Its arguments; none of them is secret.
#>
function Invoke-Program {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string[]] $Arguments
    )
    $process = Start-Process -FilePath $Path -ArgumentList $Arguments -NoNewWindow -Wait -PassThru
    if ($process.ExitCode -ne 0) {
        throw "$Path $($Arguments -join ' ') ended with exit code $($process.ExitCode)."
    }
}
