import { agent } from "./agent";
import { central } from "./central";
import { controlPlane } from "./control-plane";
import { correct } from "./correct";
import { dns } from "./dns";
import { documentCalls } from "./document-calls";
import { elsewhere } from "./elsewhere";
import { fleets } from "./fleets";
import { identity } from "./identity";
import { identityOwners } from "./identity-owners";
import { ipv6 } from "./ipv6";
import { twins } from "./native";
import { networkAcls } from "./network-acls";
import { outside } from "./outside";
import { owned } from "./owned";
import { reading } from "./reads";
import { s3Route } from "./s3-route";
import { securityGroups } from "./security-groups";
import { sessions } from "./sessions";
import { systems } from "./systems";
import { transit } from "./transit";
import type { Trap } from "./trap";
import { userData } from "./user-data";
import { userDataForms } from "./user-data-forms";
import { wsusServers } from "./wsus-servers";
import { wsusSettings } from "./wsus-settings";

/** All traps, by what they are about. */
export const traps: Readonly<Record<string, readonly Trap[]>> = {
  "bases that patch": correct,
  fleets,
  agent,
  identity,
  "identity, by what else decides": identityOwners,
  dns,
  "control-plane": controlPlane,
  "central endpoints": central,
  "transit gateways": transit,
  "security-groups": securityGroups,
  "network-acls": networkAcls,
  "s3-route": s3Route,
  "payload, snapshot and repository": reading,
  systems,
  "WSUS, the registry": wsusSettings,
  "WSUS, the server and the way to it": wsusServers,
  "calls of our own documents": documentCalls,
  "user data": userData,
  "user data in its forms": userDataForms,
  sessions,
  "twins of aws-native": twins,
  "proxies and firewalls": outside,
  "dual-stack subnets": ipv6,
  "other places": elsewhere,
  "what the stack owns": owned,
};
