import { agent } from "./agent";
import { areas } from "./areas";
import { beside } from "./beside";
import { candidates } from "./candidates";
import { central } from "./central";
import { centralRoutes } from "./central-routes";
import { controlPlane } from "./control-plane";
import { correct } from "./correct";
import { dns } from "./dns";
import { dnsDiversions } from "./dns-diversions";
import { documentCalls } from "./document-calls";
import { eksNodeGroups } from "./eks-node-groups";
import { elsewhere } from "./elsewhere";
import { fleets } from "./fleets";
import { identity } from "./identity";
import { identityOwners } from "./identity-owners";
import { ipv6 } from "./ipv6";
import { imagesInSight } from "./images";
import { launches } from "./launches";
import { metadata } from "./metadata";
import { twins } from "./native";
import { networkAcls } from "./network-acls";
import { outside } from "./outside";
import { owned } from "./owned";
import { ports } from "./ports";
import { publicAccess } from "./public-access";
import { reading } from "./reads";
import { routing } from "./routing";
import { routingGateways } from "./routing-gateways";
import { routingInternet } from "./routing-internet";
import { routingS3 } from "./routing-s3";
import { s3Route } from "./s3-route";
import { securityGroups } from "./security-groups";
import { sessions } from "./sessions";
import { systems } from "./systems";
import { transit } from "./transit";
import type { Trap } from "./trap";
import { unmodelled } from "./unmodelled";
import { userData } from "./user-data";
import { userDataForms } from "./user-data-forms";
import { wsusServers } from "./wsus-servers";
import { wsusSettings } from "./wsus-settings";

/** All traps by subject. */
export const traps: Readonly<Record<string, readonly Trap[]>> = {
  "bases that patch": correct,
  fleets,
  launches,
  "EKS managed node groups": eksNodeGroups,
  "instance metadata": metadata,
  images: imagesInSight,
  agent,
  identity,
  "identity: Default Host Management, trust policies and exclusive attachments": identityOwners,
  dns,
  "control-plane": controlPlane,
  "central endpoints": central,
  "routes to central endpoints": centralRoutes,
  "transit gateways": transit,
  "security-groups": securityGroups,
  "network-acls": networkAcls,
  "addresses and ports": areas,
  "ports of each operating system": ports,
  "s3-route": s3Route,
  routes: routing,
  "routes to gateways": routingGateways,
  "routes to the internet": routingInternet,
  "routes to S3 and central endpoints": routingS3,
  "payload, snapshot and repository": reading,
  systems,
  "WSUS: client settings in the registry": wsusSettings,
  "WSUS: the server and the path to it": wsusServers,
  "API calls of our own documents": documentCalls,
  "user data": userData,
  "user data in all formats": userDataForms,
  sessions,
  "aws-native equivalents": twins,
  "proxies and firewalls": outside,
  "dual-stack subnets": ipv6,
  "resources outside the stack, and other partitions": elsewhere,
  "resources that the stack reads or adopts": owned,
  "several candidates at preview": candidates,
  "separate associations and attachments": beside,
  "VPC Block Public Access": publicAccess,
  "names that resolve elsewhere": dnsDiversions,
  "resources that are not modeled": unmodelled,
};
