import { fleet } from "./problems";

/** Sections of the stack config by their names. */
export type Values = Readonly<Record<string, unknown>>;

export const vpcId = "vpc-0123456789abcdef0";
const subnetIds = ["subnet-0123456789abcdef0"];
const securityGroupId = "sg-0123456789abcdef0";
const policyArn = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy";

/** As few resources as possible, unless a context has more. */
export const small: Values = {
  network: { availabilityZones: 1 },
  fleets: [fleet],
  monitoring: { repositoryCheck: false },
  sessions: { logGroup: false },
};
const nat: Values = { topology: "nat" };
const existing: Values = { network: { vpcId, subnetIds }, topology: "nat", endpoints: { sharedWith: [] } };
const windows = { name: "files", operatingSystem: "windows-server-2022" };
const wsus: Values = { topology: "wsus", fleets: [windows] };
const given: Values = { ...wsus, wsus: { server: { address: "wsus.corp.example", securityGroupId } } };
const clients: Values = {
  ...existing,
  ...given,
  fleets: [{ ...windows, tag: { Environment: "prod" }, securityGroupId }],
};
const serverName = "wsus.corp.example";
const endpointStatement = { Effect: "Allow", Principal: "*", Action: "ssm:PutParameter", Resource: "*" };
const tagged: Values = { ...existing, fleets: [{ ...fleet, tag: { Environment: "prod" }, securityGroupId }] };
const hub: Values = {
  endpoints: { central: { cidrBlocks: ["10.99.0.0/24"], transitGatewayId: "tgw-0123456789abcdef0" } },
};
const policy: Values = { patching: { method: "patch-policy" } };
const staged: Values = {
  fleets: [fleet, { ...fleet, name: "canary" }],
  patching: { windows: [{ name: "first", fleets: ["canary"], schedule: "cron(0 3 ? * SAT *)" }] },
};
const baseline = { operatingSystem: "AMAZON_LINUX_2023", rules: [{ filters: { CLASSIFICATION: ["Security"] } }] };
const source = {
  name: "ours",
  products: ["*"],
  configuration: "[ours]\nbaseurl=https://ours.s3.eu-west-1.amazonaws.com/x",
};
const based: Values = { baselines: [baseline], endpointPolicy: { trustBoundary: "none" } };
const sourced: Values = { ...based, baselines: [{ ...baseline, sources: [source] }] };
const logged: Values = { sessions: { logGroup: true } };
const synced: Values = { monitoring: { dataSync: { bucket: "inventory", region: "eu-west-1" } } };
const remediated: Values = { remediation: { deprecatedPolicies: "report" } };
const excepted: Values = {
  remediation: { deprecatedPolicies: "report", exceptions: [{ kind: "role", name: "legacy", reason: "moves" }] },
};

/** For each key, a config in which it has an effect, and another value. */
export const changes: Readonly<Record<string, readonly [context: Values, value: unknown]>> = {
  topology: [{}, "nat"],

  "network.vpcId": [existing, "vpc-0123456789abcdef1"],
  "network.subnetIds": [existing, ["subnet-0123456789abcdef9"]],
  "network.routeTableIds": [existing, ["rtb-0123456789abcdef0"]],
  "network.cidrBlock": [{}, "10.30.0.0/16"],
  "network.availabilityZones": [{}, 2],
  "network.natGateways": [{ ...nat, network: { availabilityZones: 2 } }, "single"],
  "network.dualStack": [{}, true],
  "network.subnetCidrBlocks.isolated": [{}, ["10.20.128.0/20"]],
  "network.subnetCidrBlocks.private": [nat, ["10.20.128.0/20"]],
  "network.subnetCidrBlocks.public": [nat, ["10.20.128.0/20"]],
  "network.subnetCidrBlocks.server": [wsus, ["10.20.128.0/20"]],
  "fleets.name": [{}, "api"],
  "fleets.operatingSystem": [{}, "amazon-linux-2"],
  "fleets.repositories": [nat, ["epel"]],
  "fleets.tag": [tagged, { Environment: "test" }],
  "fleets.securityGroupId": [tagged, "sg-0123456789abcdef1"],
  "fleets.size": [{}, 2],
  "fleets.size.min": [{ fleets: [{ ...fleet, size: { min: 1, max: 3 } }] }, 2],
  "fleets.size.max": [{ fleets: [{ ...fleet, size: { min: 1, max: 3 } }] }, 4],
  "fleets.instanceType": [{}, "t4g.small"],
  "fleets.imageId": [{}, "ami-0123456789abcdef0"],
  "fleets.replaceUnhealthy": [{}, false],
  "fleets.instanceRefresh": [{}, true],
  "fleets.subnets": [nat, "private"],
  "fleets.managedPolicies": [{}, [policyArn]],
  "fleets.userData": [{}, "#!/bin/sh\ntrue"],
  "fleets.tags": [{}, { Team: "web" }],
  "endpoints.interface": [nat, false],
  "endpoints.ec2messages": [{}, true],
  "endpoints.vss": [{}, true],
  "endpoints.sharedWith": [existing, "vpc"],
  "endpoints.statements": [{}, { ssm: [endpointStatement] }],
  "endpoints.central.cidrBlocks": [hub, ["10.98.0.0/24"]],
  "endpoints.central.services": [hub, ["ssm"]],
  "endpoints.central.hostedZoneIds": [hub, { ssm: "Z0123456789ABCDEFGHIJ" }],
  "endpoints.central.transitGatewayId": [hub, "tgw-0123456789abcdef1"],
  "endpoints.central.peerVpcId": [
    { endpoints: { central: { cidrBlocks: ["10.99.0.0/24"], peerVpcId: vpcId } } },
    "vpc-0123456789abcdef1",
  ],
  "endpointPolicy.trustBoundary": [{}, "vpc"],
  "endpointPolicy.organizationId": [{ endpointPolicy: { trustBoundary: "organization" } }, "o-0123456789"],
  "endpointPolicy.serviceBuckets": [{}, ["ecr"]],
  "endpointPolicy.statements": [{}, [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "arn:aws:s3:::mine/*" }]],
  "endpointPolicy.statements[].Effect": [
    {
      endpointPolicy: {
        statements: [{ Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::mine/*" }],
      },
    },
    "Allow",
  ],
  "instanceRole.permissions": [{}, "minimal"],
  "instanceRole.permissionsBoundary": [{}, policyArn],
  "instanceRole.path": [{}, "/patching/"],
  "patching.method": [{}, "on-demand"],
  "patching.operation": [{}, "Scan"],
  "patching.schedule": [{}, "cron(0 3 ? * SUN *)"],
  "patching.timezone": [{}, "Asia/Tokyo"],
  "patching.offset": [{}, 3],
  "patching.scanSchedule": [{}, "rate(1 day)"],
  "patching.duration": [{}, 4],
  "patching.cutoff": [{}, 2],
  "patching.hooks.preInstall": [{}, "Drain"],
  "patching.hooks.postInstall": [{}, "Check"],
  "patching.hooks.onExit": [{}, "Undrain"],
  "patching.maxConcurrency": [{}, "10%"],
  "patching.maxErrors": [{}, 3],
  "patching.rebootOption": [{}, "NoReboot"],
  "patching.agentUpdates": [{}, true],
  "patching.output.s3": [{}, true],
  "patching.output.cloudWatch": [{}, true],
  "patching.output.forceDestroy": [{ patching: { output: { s3: true } } }, true],
  "patching.output.versioning": [{ patching: { output: { s3: true } } }, true],
  "patching.windows.name": [staged, "early"],
  "patching.windows.fleets": [staged, ["web"]],
  "patching.windows.schedule": [staged, "cron(0 3 ? * MON *)"],
  "patching.windows.timezone": [staged, "Asia/Tokyo"],
  "patching.windows.offset": [staged, 3],
  "patching.windows.scanSchedule": [staged, "rate(1 day)"],
  "patching.windows.operation": [staged, "Scan"],
  "patching.windows.duration": [staged, 4],
  "patching.windows.cutoff": [staged, 2],
  "patching.windows.maxConcurrency": [staged, "10%"],
  "patching.windows.maxErrors": [staged, 3],
  "patching.windows.rebootOption": [staged, "NoReboot"],
  "patching.windows.hooks.preInstall": [staged, "Drain"],
  "patching.windows.hooks.postInstall": [staged, "Check"],
  "patching.windows.hooks.onExit": [staged, "Undrain"],
  "patching.targets.organizationalUnits": [policy, ["ou-ab12-cdefgh34"]],
  "patching.targets.regions": [policy, ["eu-west-2"]],
  "patching.configurationId": [policy, "ab12"],
  "baselines.operatingSystem": [based, "AMAZON_LINUX_2"],
  "baselines.rules.filters": [based, { SEVERITY: ["Critical"] }],
  "baselines.rules.approveAfterDays": [based, 3],
  "baselines.rules.approveUntilDate": [based, "2026-11-22"],
  "baselines.rules.complianceLevel": [based, "HIGH"],
  "baselines.rules.nonSecurity": [based, true],
  "baselines.approvedPatches": [based, ["kernel*"]],
  "baselines.approvedPatchesComplianceLevel": [based, "HIGH"],
  "baselines.approvedPatchesNonSecurity": [based, true],
  "baselines.rejectedPatches": [based, ["kernel*"]],
  "baselines.rejectedPatchesAction": [based, "BLOCK"],
  "baselines.sources.name": [sourced, "theirs"],
  "baselines.sources.products": [sourced, ["AmazonLinux2023"]],
  "baselines.sources.configuration": [sourced, "[ours]\nbaseurl=https://ours.s3.eu-west-1.amazonaws.com/y"],
  "baselines.availableSecurityUpdates": [
    { topology: "nat", fleets: [windows], baselines: [{ operatingSystem: "WINDOWS" }] },
    "NON_COMPLIANT",
  ],
  "baselines.default": [based, true],
  "monitoring.repositoryCheck": [{}, true],
  "monitoring.staleDays": [{ monitoring: { repositoryCheck: true } }, 10],
  "monitoring.inventory": [{}, true],
  "monitoring.emails": [{}, ["ops@example.com"]],
  "monitoring.dashboard": [{}, true],
  "monitoring.dataSync.bucket": [synced, "other-bucket"],
  "monitoring.dataSync.region": [synced, "eu-west-2"],
  "monitoring.dataSync.prefix": [synced, "patches"],
  "sessions.logGroup": [{}, true],
  "sessions.retentionDays": [logged, 30],
  "sessions.s3Bucket": [{}, "session-logs"],
  "sessions.encrypted": [{}, true],
  "wsus.server.address": [given, "other.corp.example"],
  "wsus.server.protocol": [given, "http"],
  "wsus.server.securityGroupId": [given, "sg-0123456789abcdef1"],
  "wsus.server.certificateParameter": [given, "/wsus/certificate"],
  "wsus.computerGroups": [given, "by-fleet"],
  "wsus.resetExisting": [clients, true],
  "wsus.subnetId": [
    { ...wsus, ...existing, topology: "wsus", wsus: { subnetId: "subnet-0123456789abcdef1" } },
    "subnet-0123456789abcdef2",
  ],
  "wsus.operatingSystem": [wsus, "windows-server-2022"],
  "wsus.instanceType": [wsus, "m6i.xlarge"],
  "wsus.contentGiB": [wsus, 500],
  "wsus.protocol": [wsus, "http"],
  "wsus.serverName": [wsus, "wsus.corp.example"],
  "wsus.certificateSecretArn": [
    { ...wsus, wsus: { serverName } },
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:wsus",
  ],
  "wsus.certificateKeyArn": [
    {
      ...wsus,
      wsus: { serverName, certificateSecretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:wsus" },
    },
    "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  ],
  "wsus.products": [wsus, ["Microsoft Defender Antivirus"]],
  "wsus.classifications": [wsus, ["SecurityUpdates"]],
  "wsus.languages": [wsus, ["de"]],
  "wsus.timeOfDay": [wsus, "05:00:00"],
  "wsus.perDay": [wsus, 2],
  "wsus.approval": [wsus, "Manual"],
  "wsus.backups": [wsus, 3],
  "wsus.alarmTopicArns": [wsus, ["arn:aws:sns:eu-west-1:123456789012:alarms"]],
  "remediation.deprecatedPolicies": [{}, "report"],
  "remediation.needs.cloudWatchAgent": [remediated, true],
  "remediation.needs.directory": [remediated, true],
  "remediation.instanceRegions": [remediated, ["eu-west-2"]],
  "remediation.outputBuckets": [remediated, ["command-output"]],
  "remediation.exceptions.kind": [excepted, "user"],
  "remediation.exceptions.name": [excepted, "other"],
  "remediation.exceptions.reason": [excepted, "stays"],
  "remediation.concurrency": [remediated, 20],
  "remediation.maxErrors": [remediated, 20],
  "remediation.recorder": [remediated, "new"],
  "remediation.forceDestroy": [{ remediation: { deprecatedPolicies: "report", recorder: "new" } }, true],
  "traffic.natGateway": [nat, 100],
  "traffic.interfaceEndpoints": [{}, 100],
};
