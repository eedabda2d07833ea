"""Creates the resources of a stack in moto by API calls, as a program would: from the inputs of the classic provider's types.
Ids of the stack become those that moto gives. What moto cannot create is reported by its type."""

import base64
import ipaddress
import json
import re

from moto.core import DEFAULT_ACCOUNT_ID
from moto.ec2.models import ec2_backends
from moto.ec2.models.availability_zones_and_regions import Zone

# Vendors' images by a part of the public parameter that names them.
images = [
    ("al2023-ami-minimal", "137112412989", "al2023-ami-minimal-2023.6.20241010.0-kernel-6.1-x86_64"),
    ("al2023-ami", "137112412989", "al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64"),
    ("amzn2-ami-minimal", "137112412989", "amzn2-ami-minimal-hvm-2.0.20241001.0-x86_64-ebs"),
    ("amzn2-ami", "137112412989", "amzn2-ami-kernel-5.10-hvm-2.0.20241001.0-x86_64-gp2"),
    ("debian/release/11", "136693071363", "debian-11-amd64-20241004-1890"),
    ("debian", "136693071363", "debian-12-amd64-20241004-1890"),
    ("sles", "013907871322", "suse-sles-15-sp6-v20241001-hvm-ssd-x86_64"),
    ("ubuntu", "099720109477", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20241004"),
    ("Windows_Server-2022", "801119661308", "Windows_Server-2022-English-Full-Base-2024.10.09"),
]

order = """vpc:Vpc defaultVpc:DefaultVpc vpcDhcpOptions:VpcDhcpOptions subnet:Subnet internetGateway:InternetGateway
egressOnlyInternetGateway:EgressOnlyInternetGateway vpnGateway:VpnGateway managedPrefixList:ManagedPrefixList
transitGateway:TransitGateway ec2transitgateway/routeTable:RouteTable vpcAttachment:VpcAttachment
vpcPeeringConnection:VpcPeeringConnection ec2/routeTable:RouteTable defaultRouteTable:DefaultRouteTable
securityGroup:SecurityGroup defaultSecurityGroup:DefaultSecurityGroup eks/cluster:Cluster networkInterface:NetworkInterface natGateway:NatGateway vpcEndpoint:VpcEndpoint
networkAcl:NetworkAcl defaultNetworkAcl:DefaultNetworkAcl iam/policy:Policy role:Role instanceProfile:InstanceProfile
ami:Ami launchTemplate:LaunchTemplate launchConfiguration:LaunchConfiguration zone:Zone maintenanceWindow:MaintenanceWindow
document:Document""".split()


class Account:
    def __init__(self, client, region):
        self.ids, self.skipped, self.region = {}, [], region
        self.ec2, self.iam, self.asg = client("ec2", region), client("iam", region), client("autoscaling", region)
        self.ssm, self.route53, self.eks = client("ssm", region), client("route53", region), client("eks", region)
        self.resolver, self.lists = client("route53resolver", region), {}
        for one in self.ec2.describe_managed_prefix_lists()["PrefixLists"]:
            self.lists[one["PrefixListName"]] = one["PrefixListId"]
        self.vpcs, self.tables, self.cluster_groups = {}, {}, {}

    def new(self, value):
        """A value with the ids that moto gave."""
        if isinstance(value, list):
            return [self.new(one) for one in value]
        if isinstance(value, dict):
            return {key: self.new(one) for key, one in value.items()}
        if isinstance(value, str) and self.ids:
            known = "|".join(re.escape(old) for old in sorted(self.ids, key=len, reverse=True))
            return re.sub(rf"(?<![\w-])({known})(?!\w)", lambda match: self.ids[match[1]], value)
        return value

    def knows(self, old, new):
        if old:
            self.ids[old] = new
        return new


def tags(record):
    return [{"Key": k, "Value": v} for k, v in (record or {}).items()]


def permissions(rule):
    """A security group rule of any form, as EC2 takes it."""
    listed = lambda *names: [one for n in names for one in (rule.get(n) if isinstance(rule.get(n), list) else [rule[n]] if rule.get(n) else [])]
    protocol = str(rule.get("protocol") or rule.get("ipProtocol"))
    permission = {"IpProtocol": {"all": "-1"}.get(protocol, protocol)}
    if permission["IpProtocol"] != "-1":
        permission.update(FromPort=int(rule.get("fromPort", -1)), ToPort=int(rule.get("toPort", -1)))
    permission["IpRanges"] = [{"CidrIp": c} for c in listed("cidrBlocks", "cidrIpv4")]
    permission["Ipv6Ranges"] = [{"CidrIpv6": c} for c in listed("ipv6CidrBlocks", "cidrIpv6")]
    permission["PrefixListIds"] = [{"PrefixListId": c} for c in listed("prefixListIds", "prefixListId")]
    groups = listed("securityGroups", "sourceSecurityGroupId", "referencedSecurityGroupId")
    permission["UserIdGroupPairs"] = [{"GroupId": g} for g in groups]
    return {k: v for k, v in permission.items() if v or v == 0}


def route_of(route):
    names = {
        "cidrBlock": "DestinationCidrBlock",
        "destinationCidrBlock": "DestinationCidrBlock",
        "ipv6CidrBlock": "DestinationIpv6CidrBlock",
        "destinationIpv6CidrBlock": "DestinationIpv6CidrBlock",
        "destinationPrefixListId": "DestinationPrefixListId",
        "egressOnlyGatewayId": "EgressOnlyInternetGatewayId",
        "gatewayId": "GatewayId",
        "natGatewayId": "NatGatewayId",
        "networkInterfaceId": "NetworkInterfaceId",
        "transitGatewayId": "TransitGatewayId",
        "vpcEndpointId": "VpcEndpointId",
        "vpcPeeringConnectionId": "VpcPeeringConnectionId",
    }
    return {names[k]: v for k, v in route.items() if k in names and v}


def create(client, resources, region):
    account = Account(client, region)
    account.associations = [one["props"] for one in resources if one["type"].endswith(":ZoneAssociation")]
    place = lambda one: next((i for i, kind in enumerate(order) if one["type"].endswith(kind)), len(order))
    for resource in sorted([*unseen_vpcs(resources), *resources], key=place):
        kind = resource["type"].split(":")[1].replace("/", "_")
        make = globals().get("make_" + kind)
        try:
            if make:
                make(account, resource["name"], account.new(resource["props"]), resource["props"])
            else:
                account.skipped.append(resource["type"])
        except Exception as error:
            account.skipped.append(f"{resource['type']} {resource['name']}: {type(error).__name__} {error}")
    for later in rest:
        for resource in resources:
            if resource["type"].split(":")[1].replace("/", "_") == later:
                try:
                    rest[later](account, resource["name"], account.new(resource["props"]))
                except Exception as error:
                    account.skipped.append(f"{resource['type']} {resource['name']}: {type(error).__name__} {error}")
                if resource["type"] in account.skipped:
                    account.skipped.remove(resource["type"])
    return {"skipped": account.skipped, "ids": account.ids}


def unseen_vpcs(resources):
    """The VPCs that a stack names and does not create: an account has them."""
    own = {one["props"].get("id") for one in resources if one["type"].lower().endswith("vpc")}
    named = {one["props"].get("vpcId") for one in resources} - own - {None}
    return [
        {"type": "aws:ec2/vpc:Vpc", "name": f"unseen-{vpc}", "props": {"id": vpc, "enableDnsHostnames": True}}
        for vpc in sorted(vpc for vpc in named if isinstance(vpc, str) and vpc.startswith("vpc-"))
    ]


def make_ec2_defaultVpc(account, name, props, old):
    """As AWS creates it: with an internet gateway that its main table leads to."""
    make_ec2_vpc(account, name, {"enableDnsHostnames": True, **props}, old)
    vpc = account.ids.get(old.get("id"))
    gateway = account.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    account.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = account.vpcs[vpc]["table"]["RouteTableId"]
    account.ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)


def make_ec2_vpc(account, name, props, old):
    vpc = account.ec2.create_vpc(CidrBlock=props.get("cidrBlock", "10.0.0.0/16"), AmazonProvidedIpv6CidrBlock=True)["Vpc"]
    vpc_id = account.knows(old.get("id"), vpc["VpcId"])
    for key, attribute in (("enableDnsSupport", "EnableDnsSupport"), ("enableDnsHostnames", "EnableDnsHostnames")):
        value = props.get(key, key == "enableDnsSupport")
        account.ec2.modify_vpc_attribute(VpcId=vpc_id, **{attribute: {"Value": bool(value)}})
    mine = [{"Name": "vpc-id", "Values": [vpc_id]}]
    group = account.ec2.describe_security_groups(Filters=mine)["SecurityGroups"][0]["GroupId"]
    table = account.ec2.describe_route_tables(Filters=mine)["RouteTables"][0]
    acl = account.ec2.describe_network_acls(Filters=mine)["NetworkAcls"][0]["NetworkAclId"]
    own = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}  # which AWS's default group has and moto's lacks
    account.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[own])
    account.vpcs[vpc_id] = {"table": table, "group": group, "acl": acl}
    for key, value in (
        ("defaultSecurityGroupId", group),
        ("defaultRouteTableId", table["RouteTableId"]),
        ("mainRouteTableId", table["RouteTableId"]),
        ("defaultNetworkAclId", acl),
    ):
        account.knows(old.get(key), value)


def make_ec2_vpcDhcpOptions(account, name, props, old):
    servers = [{"Key": "domain-name-servers", "Values": props["domainNameServers"]}]
    made = account.ec2.create_dhcp_options(DhcpConfigurations=servers)["DhcpOptions"]
    account.knows(old.get("id"), made["DhcpOptionsId"])


def make_ec2_subnet(account, name, props, old):
    zone = props.get("availabilityZone")
    is_local = zone and re.search(r"-[a-z]+-\d[a-z]$", zone.removeprefix(account.region))
    more = {"AvailabilityZone": zone} if zone and not is_local else {}
    if props.get("ipv6CidrBlock"):
        more["Ipv6CidrBlock"] = props["ipv6CidrBlock"]
    block = props["cidrBlock"]
    vpc = account.ec2.describe_vpcs(VpcIds=[props["vpcId"]])["Vpcs"][0]
    if not any(is_within(block, one["CidrBlock"]) for one in vpc["CidrBlockAssociationSet"]):
        account.ec2.associate_vpc_cidr_block(VpcId=props["vpcId"], CidrBlock=block)
    made = account.ec2.create_subnet(VpcId=props["vpcId"], CidrBlock=block, **more)["Subnet"]
    subnet = account.knows(old.get("id"), made["SubnetId"])
    if is_local:  # moto has no Local Zones
        in_moto = ec2_backends[DEFAULT_ACCOUNT_ID][account.region].get_subnet(subnet)
        in_moto._availability_zone = Zone(name=zone, region_name=account.region, zone_id=zone)
    # moto takes the first subnet of a zone for a default one.
    gives_addresses = {"Value": bool(props.get("mapPublicIpOnLaunch"))}
    account.ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch=gives_addresses)


def is_within(block, other):
    return ipaddress.ip_network(block).subnet_of(ipaddress.ip_network(other))


def make_ec2_internetGateway(account, name, props, old):
    gateway = account.knows(old.get("id"), account.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"])
    if props.get("vpcId"):
        account.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=props["vpcId"])


def make_ec2_egressOnlyInternetGateway(account, name, props, old):
    made = account.ec2.create_egress_only_internet_gateway(VpcId=props["vpcId"])["EgressOnlyInternetGateway"]
    account.knows(old.get("id"), made["EgressOnlyInternetGatewayId"])


def make_ec2_vpnGateway(account, name, props, old):
    made = account.ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]
    account.knows(old.get("id"), made["VpnGatewayId"])
    if props.get("vpcId"):
        account.ec2.attach_vpn_gateway(VpnGatewayId=made["VpnGatewayId"], VpcId=props["vpcId"])


def make_ec2_managedPrefixList(account, name, props, old):
    entries = [{"Cidr": one["cidr"]} for one in props.get("entries", [])]
    made = account.ec2.create_managed_prefix_list(
        PrefixListName=name, AddressFamily=props.get("addressFamily", "IPv4"), MaxEntries=10, Entries=entries
    )["PrefixList"]
    account.knows(old.get("id"), made["PrefixListId"])


def make_ec2transitgateway_transitGateway(account, name, props, old):
    options = {
        "DefaultRouteTableAssociation": props.get("defaultRouteTableAssociation", "enable"),
        "DefaultRouteTablePropagation": props.get("defaultRouteTablePropagation", "enable"),
    }
    made = account.ec2.create_transit_gateway(Options=options)["TransitGateway"]
    account.knows(old.get("id"), made["TransitGatewayId"])
    account.knows(old.get("associationDefaultRouteTableId"), made["Options"].get("AssociationDefaultRouteTableId"))


def make_ec2transitgateway_routeTable(account, name, props, old):
    made = account.ec2.create_transit_gateway_route_table(TransitGatewayId=props["transitGatewayId"])
    account.knows(old.get("id"), made["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"])


def make_ec2transitgateway_vpcAttachment(account, name, props, old):
    made = account.ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=props["transitGatewayId"], VpcId=props["vpcId"], SubnetIds=props["subnetIds"]
    )
    account.knows(old.get("id"), made["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"])


def make_ec2_vpcPeeringConnection(account, name, props, old):
    made = account.ec2.create_vpc_peering_connection(VpcId=props["vpcId"], PeerVpcId=props["peerVpcId"])
    peering = account.knows(old.get("id"), made["VpcPeeringConnection"]["VpcPeeringConnectionId"])
    if props.get("autoAccept") or props.get("acceptStatus") == "active":
        account.ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)


def make_ec2_routeTable(account, name, props, old):
    table = account.ec2.create_route_table(VpcId=props["vpcId"])["RouteTable"]["RouteTableId"]
    account.knows(old.get("id"), table)
    account.tables[name] = (table, old.get("routes") or [])


def make_ec2_defaultRouteTable(account, name, props, old):
    table = props.get("defaultRouteTableId")
    account.knows(old.get("id"), table)
    account.tables[name] = (table, old.get("routes") or [])


def make_ec2_securityGroup(account, name, props, old):
    made = account.ec2.create_security_group(GroupName=name, Description=name, VpcId=props["vpcId"])
    group = account.knows(old.get("id"), made["GroupId"])
    account.ec2.revoke_security_group_egress(
        GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    )


def make_ec2_defaultSecurityGroup(account, name, props, old):
    group = account.vpcs[props["vpcId"]]["group"]
    account.knows(old.get("id"), group)
    found = account.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    if found["IpPermissions"]:
        account.ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=found["IpPermissions"])
    if found["IpPermissionsEgress"]:
        account.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=found["IpPermissionsEgress"])


def make_ec2_networkInterface(account, name, props, old):
    groups = {"Groups": props["securityGroups"]} if props.get("securityGroups") else {}
    made = account.ec2.create_network_interface(SubnetId=props["subnetId"], **groups)["NetworkInterface"]
    account.knows(old.get("id"), made["NetworkInterfaceId"])


def make_eks_cluster(account, name, props, old):
    """With the security group that EKS creates for it."""
    network = props["vpcConfig"]
    account.eks.create_cluster(
        name=props.get("name", name), roleArn=f"arn:aws:iam::{DEFAULT_ACCOUNT_ID}:role/cluster", resourcesVpcConfig={}
    )
    subnet = account.ec2.describe_subnets(SubnetIds=[network["subnetIds"][0]])["Subnets"][0]
    group = group_of_cluster(account, props.get("name", name), subnet["VpcId"])
    account.knows(network.get("clusterSecurityGroupId"), group)


def group_of_cluster(account, cluster, vpc):
    if cluster not in account.cluster_groups:
        made = account.ec2.create_security_group(GroupName=f"eks-cluster-sg-{cluster}", Description=cluster, VpcId=vpc)
        group = account.cluster_groups[cluster] = made["GroupId"]
        own = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}
        account.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[own])
    return account.cluster_groups[cluster]


def make_ec2_natGateway(account, name, props, old):
    made = account.ec2.create_nat_gateway(
        SubnetId=props["subnetId"], ConnectivityType=props.get("connectivityType", "public")
    )["NatGateway"]
    account.knows(old.get("id"), made["NatGatewayId"])


def make_ec2_vpcEndpoint(account, name, props, old):
    own = account.lists.get(props["serviceName"])
    if own and old.get("prefixListId"):
        account.ids[old["prefixListId"]] = own
    if own and old.get("cidrBlocks"):
        in_moto = ec2_backends[DEFAULT_ACCOUNT_ID][account.region].managed_prefix_lists[own]
        in_moto.entries[in_moto.version] = [{"Cidr": block} for block in old["cidrBlocks"]]
    given = {
        "PolicyDocument": props.get("policy"),
        "RouteTableIds": props.get("routeTableIds"),
        "SubnetIds": props.get("subnetIds"),
        "SecurityGroupIds": props.get("securityGroupIds") or default_groups(account, props),
        "PrivateDnsEnabled": props.get("privateDnsEnabled", False if props.get("vpcEndpointType") == "Interface" else None),
        "IpAddressType": props.get("ipAddressType"),
    }
    made = account.ec2.create_vpc_endpoint(
        VpcId=props["vpcId"],
        ServiceName=props["serviceName"],
        VpcEndpointType=props.get("vpcEndpointType", "Gateway"),
        **{k: v for k, v in given.items() if v is not None},
    )["VpcEndpoint"]
    account.knows(old.get("id"), made["VpcEndpointId"])
    for given, entry in zip(old.get("dnsEntries") or [], made.get("DnsEntries") or []):
        account.knows(given["dnsName"], entry["DnsName"])


def default_groups(account, props):
    """AWS gives them to an interface endpoint that names none, and moto does not."""
    return [account.vpcs[props["vpcId"]]["group"]] if props.get("vpcEndpointType") == "Interface" else None


def acl_entries(account, acl, props):
    for direction, egress in (("ingress", False), ("egress", True)):
        for entry in props.get(direction) or []:
            acl_entry(account, acl, egress, entry)


numbers = {"tcp": "6", "udp": "17", "icmp": "1", "all": "-1"}


def acl_entry(account, acl, egress, entry):
    protocol = str(entry.get("protocol", "-1"))
    block = {"Ipv6CidrBlock": entry["ipv6CidrBlock"]} if entry.get("ipv6CidrBlock") else {"CidrBlock": entry["cidrBlock"]}
    account.ec2.create_network_acl_entry(
        NetworkAclId=acl,
        Egress=egress,
        RuleNumber=int(entry.get("ruleNo") or entry.get("ruleNumber")),
        RuleAction=entry.get("action") or entry.get("ruleAction"),
        Protocol=numbers.get(protocol, protocol),
        PortRange={"From": int(entry.get("fromPort", 0)), "To": int(entry.get("toPort", 0))},
        **block,
    )


def associate_acl(account, acl, subnet):
    found = account.ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])
    for one in found["NetworkAcls"][0]["Associations"]:
        if one["SubnetId"] == subnet:
            account.ec2.replace_network_acl_association(
                AssociationId=one["NetworkAclAssociationId"], NetworkAclId=acl
            )


def make_ec2_networkAcl(account, name, props, old):
    acl = account.ec2.create_network_acl(VpcId=props["vpcId"])["NetworkAcl"]["NetworkAclId"]
    account.knows(old.get("id"), acl)
    acl_entries(account, acl, props)
    for subnet in props.get("subnetIds") or []:
        associate_acl(account, acl, subnet)


def make_ec2_defaultNetworkAcl(account, name, props, old):
    acl = props["defaultNetworkAclId"]
    account.knows(old.get("id"), acl)
    for egress in (True, False):
        account.ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Egress=egress)
    acl_entries(account, acl, props)


def document_text(document):
    return document if isinstance(document, str) else json.dumps(document)


def make_iam_policy(account, name, props, old):
    arn = account.iam.create_policy(PolicyName=name, PolicyDocument=document_text(props["policy"]))["Policy"]["Arn"]
    for key in ("id", "arn"):
        account.knows(old.get(key), arn)


def make_iam_role(account, name, props, old):
    role = props.get("name", name)
    more = {"PermissionsBoundary": props["permissionsBoundary"]} if props.get("permissionsBoundary") else {}
    account.iam.create_role(RoleName=role, AssumeRolePolicyDocument=document_text(props["assumeRolePolicy"]), **more)
    account.knows(old.get("id"), role)
    for arn in props.get("managedPolicyArns") or []:
        account.iam.attach_role_policy(RoleName=role, PolicyArn=arn)
    for i, one in enumerate(props.get("inlinePolicies") or []):
        account.iam.put_role_policy(
            RoleName=role, PolicyName=one.get("name", f"inline-{i}"), PolicyDocument=document_text(one["policy"])
        )


def make_iam_instanceProfile(account, name, props, old):
    profile = props.get("name", name)
    made = account.iam.create_instance_profile(InstanceProfileName=profile)["InstanceProfile"]
    account.knows(old.get("arn"), made["Arn"])
    if props.get("role"):
        account.iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=props["role"].split("/")[-1])


def image(account, reference):
    """The image that a reference means: a vendor's one for a public parameter."""
    if reference and reference.startswith("resolve:ssm:"):
        for part, owner, name in images:
            if part in reference:
                return register(account, name, owner)
    return reference


def register(account, name, owner):
    made = account.ec2.register_image(Name=name, RootDeviceName="/dev/xvda")["ImageId"]
    ami = ec2_backends[DEFAULT_ACCOUNT_ID][account.region].amis[made]
    ami.owner_id = owner
    return made


def make_ec2_ami(account, name, props, old):
    account.knows(old.get("id"), register(account, props.get("name", name), props.get("ownerId", DEFAULT_ACCOUNT_ID)))


def user_data(props):
    if props.get("userDataBase64"):
        return base64.b64decode(props["userDataBase64"])  # which may be compressed
    return props.get("userData")


def metadata(props):
    options = props.get("metadataOptions") or {}
    names = {"httpEndpoint": "HttpEndpoint", "httpTokens": "HttpTokens", "httpPutResponseHopLimit": "HttpPutResponseHopLimit"}
    return {names[k]: v for k, v in options.items() if k in names}


def make_ec2_launchTemplate(account, name, props, old):
    profile = props.get("iamInstanceProfile")
    data = {
        "ImageId": image(account, props.get("imageId")),
        "IamInstanceProfile": profile and {"Name" if "name" in profile else "Arn": next(iter(profile.values()))},
        "SecurityGroupIds": props.get("vpcSecurityGroupIds"),
        "TagSpecifications": [
            {"ResourceType": one["resourceType"], "Tags": tags(one["tags"])} for one in props.get("tagSpecifications") or []
        ],
        "NetworkInterfaces": [
            {
                **({"SubnetId": one["subnetId"]} if one.get("subnetId") else {}),
                "DeviceIndex": 0,
                "Groups": one.get("securityGroups", []),
                **({"AssociatePublicIpAddress": True} if one.get("associatePublicIpAddress") else {}),
            }
            for one in props.get("networkInterfaces") or []
        ],
        "UserData": props.get("userData"),
        "MetadataOptions": metadata(props),
    }
    made = account.ec2.create_launch_template(
        LaunchTemplateName=name, LaunchTemplateData={k: v for k, v in data.items() if v}
    )["LaunchTemplate"]
    account.knows(old.get("id"), made["LaunchTemplateId"])


def make_ec2_launchConfiguration(account, name, props, old):
    given = {"IamInstanceProfile": props.get("iamInstanceProfile"), "SecurityGroups": props.get("securityGroups")}
    account.asg.create_launch_configuration(
        LaunchConfigurationName=props.get("name", name),
        ImageId=image(account, props.get("imageId")) or "ami-1",
        InstanceType="t3.micro",
        **{k: v for k, v in given.items() if v},
    )


def make_route53_zone(account, name, props, old):
    # A zone is private from the start, so that what associates VPCs later tells the first one.
    later = [one["vpcId"] for one in account.associations if one["zoneId"] == old.get("id")]
    vpcs = [one["vpcId"] for one in props.get("vpcs") or []] or account.new(later[:1])
    more = {"VPC": {"VPCId": vpcs[0], "VPCRegion": account.region}} if vpcs else {}
    made = account.route53.create_hosted_zone(
        Name=props["name"], CallerReference=name, HostedZoneConfig={"PrivateZone": bool(vpcs)}, **more
    )
    zone = account.knows(old.get("id"), made["HostedZone"]["Id"].split("/")[-1])
    for vpc in vpcs[1:]:
        account.route53.associate_vpc_with_hosted_zone(
            HostedZoneId=zone, VPC={"VPCId": vpc, "VPCRegion": account.region}
        )


def make_ssm_maintenanceWindow(account, name, props, old):
    more = {"ScheduleTimezone": props["scheduleTimezone"]} if props.get("scheduleTimezone") else {}
    made = account.ssm.create_maintenance_window(
        Name=name, Schedule=props["schedule"], Duration=props.get("duration", 3), Cutoff=props.get("cutoff", 1),
        AllowUnassociatedTargets=False, **more,
    )
    account.knows(old.get("id"), made["WindowId"])


def targets(listed):
    return [{"Key": one["key"], "Values": one["values"]} for one in listed or []]


def make_ssm_document(account, name, props, old):
    content = props["content"]
    kind = props.get("documentFormat", "JSON")
    account.ssm.create_document(
        Name=props.get("name") or props.get("id", name), Content=document_text(content), DocumentType=props.get("documentType", "Command"),
        DocumentFormat=kind,
    )


# What refers to resources of every kind comes last, in this order.


def rest_vpc_dhcp(account, name, props):
    account.ec2.associate_dhcp_options(DhcpOptionsId=props["dhcpOptionsId"], VpcId=props["vpcId"])


def rest_table(account, name, props):
    table, routes = account.tables[name]
    for route in account.new(routes):
        account.ec2.create_route(RouteTableId=table, **route_of(route))


def rest_route(account, name, props):
    account.ec2.create_route(RouteTableId=props["routeTableId"], **route_of(props))


def rest_association(account, name, props):
    account.ec2.associate_route_table(RouteTableId=props["routeTableId"], SubnetId=props["subnetId"])


def rest_main(account, name, props):
    association = account.vpcs[props["vpcId"]]["table"]["Associations"][0]["RouteTableAssociationId"]
    account.ec2.replace_route_table_association(AssociationId=association, RouteTableId=props["routeTableId"])


def authorize(account, group, direction, rule):
    call = f"authorize_security_group_{direction}"
    getattr(account.ec2, call)(GroupId=group, IpPermissions=[permissions(rule)])


def rest_group(account, name, props):
    group = props.get("id") or account.vpcs[props["vpcId"]]["group"]
    for direction in ("ingress", "egress"):
        for rule in props.get(direction) or []:
            own = {**rule, "securityGroups": [*(rule.get("securityGroups") or []), *([group] if rule.get("self") else [])]}
            authorize(account, group, direction, own)


def rest_group_rule(account, name, props):
    authorize(account, props["securityGroupId"], props["type"], props)


def rest_ingress(account, name, props):
    authorize(account, props["securityGroupId"], "ingress", props)


def rest_egress(account, name, props):
    authorize(account, props["securityGroupId"], "egress", props)


def rest_acl_association(account, name, props):
    associate_acl(account, props["networkAclId"], props["subnetId"])


def rest_acl_rule(account, name, props):
    acl_entry(account, props["networkAclId"], bool(props.get("egress")), props)


def rest_endpoint_policy(account, name, props):
    account.ec2.modify_vpc_endpoint(VpcEndpointId=props["vpcEndpointId"], PolicyDocument=document_text(props["policy"]))


def rest_endpoint_private_dns(account, name, props):
    # moto's ModifyVpcEndpoint does not take PrivateDnsEnabled.
    endpoints = ec2_backends[DEFAULT_ACCOUNT_ID][account.region].vpc_end_points
    endpoints[props["vpcEndpointId"]].private_dns_enabled = props["privateDnsEnabled"]


def rest_endpoint_table(account, name, props):
    account.ec2.modify_vpc_endpoint(VpcEndpointId=props["vpcEndpointId"], AddRouteTableIds=[props["routeTableId"]])


def rest_endpoint_subnet(account, name, props):
    account.ec2.modify_vpc_endpoint(VpcEndpointId=props["vpcEndpointId"], AddSubnetIds=[props["subnetId"]])


def rest_endpoint_group(account, name, props):
    endpoint, group = props["vpcEndpointId"], props["securityGroupId"]
    account.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddSecurityGroupIds=[group])
    if props.get("replaceDefaultAssociation"):
        found = account.ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"][0]
        own = account.vpcs[found["VpcId"]]["group"]
        account.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, RemoveSecurityGroupIds=[own])


def rest_accepter(account, name, props):
    if props.get("autoAccept"):
        account.ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=props["vpcPeeringConnectionId"])


def rest_transit_route(account, name, props):
    account.ec2.create_transit_gateway_route(
        TransitGatewayRouteTableId=props["transitGatewayRouteTableId"],
        DestinationCidrBlock=props["destinationCidrBlock"],
        Blackhole=True,
    )


def rest_role_policy(account, name, props):
    role = props["role"].split("/")[-1]
    account.iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=document_text(props["policy"]))


def rest_attachment(account, name, props):
    account.iam.attach_role_policy(RoleName=props["role"].split("/")[-1], PolicyArn=props["policyArn"])


def rest_policy_attachment(account, name, props):
    """Its roles are all that have the policy, and it takes it from others."""
    arn, roles = props["policyArn"], [role.split("/")[-1] for role in props.get("roles") or []]
    for one in account.iam.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"]:
        if one["RoleName"] not in roles:
            account.iam.detach_role_policy(RoleName=one["RoleName"], PolicyArn=arn)
    for role in roles:
        account.iam.attach_role_policy(RoleName=role, PolicyArn=arn)


def rest_instance(account, name, props):
    profile, template = props.get("iamInstanceProfile"), props.get("launchTemplate")
    given = {
        "LaunchTemplate": template and specification(template),
        "ImageId": image(account, props.get("ami")) or (None if template else "ami-1"),
        "SecurityGroupIds": props.get("vpcSecurityGroupIds"),
        "SubnetId": props.get("subnetId"),
        "PrivateIpAddress": props.get("privateIp"),
        "IamInstanceProfile": profile and {"Name": profile.split("/")[-1]},
        "UserData": user_data(props),
        "TagSpecifications": [{"ResourceType": "instance", "Tags": tags({"Name": name, **props.get("tags", {})})}],
        "MetadataOptions": metadata(props),
    }
    interface = props.get("associatePublicIpAddress")
    if interface and given["SubnetId"]:
        given["NetworkInterfaces"] = [
            {
                "DeviceIndex": 0,
                "SubnetId": given.pop("SubnetId"),
                "Groups": given.pop("SecurityGroupIds") or [],
                "AssociatePublicIpAddress": True,
            }
        ]
    own = [props["primaryNetworkInterface"]] if props.get("primaryNetworkInterface") else props.get("networkInterfaces")
    if own:
        given = {key: value for key, value in given.items() if key not in ("SubnetId", "SecurityGroupIds")}
        given["NetworkInterfaces"] = [
            {"DeviceIndex": int(one.get("deviceIndex", 0)), "NetworkInterfaceId": one["networkInterfaceId"]} for one in own
        ]
    made = account.ec2.run_instances(
        MinCount=1, MaxCount=1, InstanceType="t3.micro", **{k: v for k, v in given.items() if v}
    )["Instances"][0]
    primary = made["NetworkInterfaces"][0]["NetworkInterfaceId"]
    for key, value in (
        ("id", made["InstanceId"]), ("privateDns", made["PrivateDnsName"]), ("primaryNetworkInterfaceId", primary)
    ):
        account.knows(props.get(key), value)


def specification(given):
    reference = given.get("id") or given.get("launchTemplateId")
    named = {"LaunchTemplateId": reference} if reference else {"LaunchTemplateName": given.get("name") or given["launchTemplateName"]}
    return {**named, "Version": "$Latest"}


def launching(props):
    """What a group launches from: a template, mixed instances of several, or a configuration."""
    if props.get("launchTemplate"):
        return {"LaunchTemplate": specification(props["launchTemplate"])}
    if not props.get("mixedInstancesPolicy"):
        return {"LaunchConfigurationName": props["launchConfiguration"]}
    template = props["mixedInstancesPolicy"]["launchTemplate"]
    overrides = [
        {"LaunchTemplateSpecification": specification(one["launchTemplateSpecification"])}
        if one.get("launchTemplateSpecification")
        else {"InstanceType": one["instanceType"]}
        for one in template.get("overrides") or []
    ]
    base = specification(template["launchTemplateSpecification"])
    return {"MixedInstancesPolicy": {"LaunchTemplate": {"LaunchTemplateSpecification": base, "Overrides": overrides}}}


def rest_elastic_ip(account, name, props):
    address = account.knows(props.get("id"), account.ec2.allocate_address(Domain="vpc")["AllocationId"])
    rest_elastic_ip_association(
        account, name, {"allocationId": address, "instanceId": props.get("instance"), "networkInterfaceId": props.get("networkInterface")}
    )


def rest_elastic_ip_association(account, name, props):
    names = {"instanceId": "InstanceId", "networkInterfaceId": "NetworkInterfaceId"}
    at = {names[key]: props[key] for key in names if props.get(key)}
    if at:
        account.ec2.associate_address(AllocationId=props["allocationId"], **at)


def rest_interface_group(account, name, props):
    interface = account.ec2.describe_network_interfaces(NetworkInterfaceIds=[props["networkInterfaceId"]])
    groups = [one["GroupId"] for one in interface["NetworkInterfaces"][0]["Groups"]]
    account.ec2.modify_network_interface_attribute(
        NetworkInterfaceId=props["networkInterfaceId"], Groups=[*groups, props["securityGroupId"]]
    )


def rest_auto_scaling(account, name, props):
    account.asg.create_auto_scaling_group(
        AutoScalingGroupName=props.get("name", name), MinSize=0, MaxSize=1, DesiredCapacity=0,
        VPCZoneIdentifier=",".join(props["vpcZoneIdentifiers"]),
        Tags=[
            {"Key": t["key"], "Value": t["value"], "PropagateAtLaunch": True, "ResourceId": name, "ResourceType": "auto-scaling-group"}
            for t in props.get("tags") or []
        ],
        **launching(props),
    )


images_of_eks = {
    "AL2023": "amazon-eks-node-al2023-x86_64-standard-1.31-v20241011",
    "AL2": "amazon-eks-node-1.30-v20241011",
    "BOTTLEROCKET": "bottlerocket-aws-k8s-1.31-x86_64-v1.26.1-943d9a41",
}


def rest_node_group(account, name, props):
    """What EKS creates for a managed node group, which moto does not: a profile, a template and an Auto Scaling group."""
    cluster, own = props.get("clusterName", "cluster"), props.get("launchTemplate")
    if cluster not in account.eks.list_clusters()["clusters"]:
        account.eks.create_cluster(
            name=cluster, roleArn=f"arn:aws:iam::{DEFAULT_ACCOUNT_ID}:role/cluster", resourcesVpcConfig={}
        )
    more = {"launchTemplate": {"id": own["id"]}} if own else {}
    made = account.eks.create_nodegroup(
        clusterName=cluster, nodegroupName=name, subnets=props["subnetIds"], nodeRole=props["nodeRoleArn"],
        amiType=props["amiType"], **more,
    )["nodegroup"]
    created = made["resources"]["autoScalingGroups"][0]["name"]
    make_iam_instanceProfile(account, created, {"role": props["nodeRoleArn"]}, {})
    data = {}
    if own:
        versions = account.ec2.describe_launch_template_versions(LaunchTemplateId=own["id"])
        data = versions["LaunchTemplateVersions"][-1]["LaunchTemplateData"]
    subnet = account.ec2.describe_subnets(SubnetIds=props["subnetIds"][:1])["Subnets"][0]
    kind = props["amiType"].split("_")[0]
    template = account.ec2.create_launch_template(
        LaunchTemplateName=created,
        LaunchTemplateData={
            "ImageId": register(account, images_of_eks[kind], "602401143452") if kind in images_of_eks else None,
            "SecurityGroupIds": [group_of_cluster(account, cluster, subnet["VpcId"])],
            "UserData": base64.b64encode(b"node configuration of EKS").decode(),
            **data,
            "IamInstanceProfile": {"Name": created},
        },
    )["LaunchTemplate"]
    rest_auto_scaling(
        account, created, {"vpcZoneIdentifiers": props["subnetIds"], "launchTemplate": {"id": template["LaunchTemplateId"]}}
    )


def rest_record(account, name, props):
    aliases = props.get("aliases")
    record = {"Name": props["name"] or "", "Type": props["type"]}
    if aliases:
        alias = aliases[0]
        record["AliasTarget"] = {
            "HostedZoneId": alias.get("zoneId", "Z1"), "DNSName": alias["name"], "EvaluateTargetHealth": False,
        }
    else:
        record.update(TTL=60, ResourceRecords=[{"Value": one} for one in props["records"]])
    if not record["Name"]:
        record["Name"] = account.route53.get_hosted_zone(Id=props["zoneId"])["HostedZone"]["Name"]
    account.route53.change_resource_record_sets(
        HostedZoneId=props["zoneId"],
        ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]},
    )


def rest_zone_association(account, name, props):
    account.route53.associate_vpc_with_hosted_zone(
        HostedZoneId=props["zoneId"], VPC={"VPCId": props["vpcId"], "VPCRegion": account.region}
    )


def rest_window_target(account, name, props):
    made = account.ssm.register_target_with_maintenance_window(
        WindowId=props["windowId"], ResourceType="INSTANCE", Targets=targets(props["targets"]), Name=name
    )
    account.knows(props.get("id"), made["WindowTargetId"])


def rest_window_task(account, name, props):
    command = (props.get("taskInvocationParameters") or {}).get("runCommandParameters") or {}
    parameters = {one["name"]: one["values"] for one in command.get("parameters") or []}
    account.ssm.register_task_with_maintenance_window(
        WindowId=props["windowId"], TaskType=props.get("taskType", "RUN_COMMAND"), TaskArn=props["taskArn"],
        Targets=targets(props.get("targets")), Name=name,
        TaskInvocationParameters={"RunCommand": {"Parameters": parameters}},
    )


rest = {
    "ec2_vpcDhcpOptionsAssociation": rest_vpc_dhcp,
    "ec2_routeTable": rest_table,
    "ec2_defaultRouteTable": rest_table,
    "ec2_route": rest_route,
    "ec2_routeTableAssociation": rest_association,
    "ec2_mainRouteTableAssociation": rest_main,
    "ec2_securityGroup": rest_group,
    "ec2_defaultSecurityGroup": rest_group,
    "ec2_securityGroupRule": rest_group_rule,
    "vpc_securityGroupIngressRule": rest_ingress,
    "vpc_securityGroupEgressRule": rest_egress,
    "ec2_networkAclAssociation": rest_acl_association,
    "ec2_networkAclRule": rest_acl_rule,
    "ec2_vpcEndpointPolicy": rest_endpoint_policy,
    "ec2_vpcEndpointRouteTableAssociation": rest_endpoint_table,
    "vpc_endpointPrivateDns": rest_endpoint_private_dns,
    "ec2_vpcEndpointSubnetAssociation": rest_endpoint_subnet,
    "ec2_securityGroupAssociation": rest_endpoint_group,
    "ec2_vpcPeeringConnectionAccepter": rest_accepter,
    "ec2transitgateway_route": rest_transit_route,
    "iam_rolePolicy": rest_role_policy,
    "iam_rolePolicyAttachment": rest_attachment,
    "iam_policyAttachment": rest_policy_attachment,
    "ec2_instance": rest_instance,
    "ec2_eip": rest_elastic_ip,
    "ec2_eipAssociation": rest_elastic_ip_association,
    "ec2_networkInterfaceSecurityGroupAttachment": rest_interface_group,
    "autoscaling_group": rest_auto_scaling,
    "eks_nodeGroup": rest_node_group,
    "route53_zoneAssociation": rest_zone_association,
    "route53_record": rest_record,
    "ssm_maintenanceWindowTarget": rest_window_target,
    "ssm_maintenanceWindowTask": rest_window_task,
}
