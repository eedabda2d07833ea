<#
.SYNOPSIS
Functions with which the scripts of the WSUS server report their progress.

.DESCRIPTION
They precede each script in its Command document. The state goes to an SSM parameter and messages go to a log group, through the
AWS Tools for PowerShell, which all Windows images of AWS include. A failure here does not stop a script: the server is set up
even if it cannot report.

.NOTES
Windows PowerShell 5.1. Messages contain text of the scripts and of errors, and never a secret.
#>
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$script:report = @{ Region = ''; LogGroup = ''; LogStream = ''; StateParameter = '' }

<#
.SYNOPSIS
Sets where reports go.

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
    param([Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Message)

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
        Write-Warning -Message "The message was not written to the log group: $($_.Exception.Message)"
    }
}

<#
.SYNOPSIS
Sets the state for the operator.

.PARAMETER State
One of working, restarting, ready, failed.

.PARAMETER Step
The step that is in this state.

.PARAMETER Message
Details of the state.
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
        # A parameter has 4 KB at most.
        message = $Message.Substring(0, [Math]::Min(2000, $Message.Length))
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
        Write-Warning -Message "The state was not written to the SSM parameter: $($_.Exception.Message)"
    }
}

<#
.SYNOPSIS
Runs a step, and reports a failure.

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
Runs a program, and fails if it fails.

.PARAMETER Path
The program.

.PARAMETER Arguments
Its arguments, none of which is a secret.
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
