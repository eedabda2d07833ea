import { InstanceRole, Sessions } from "@patchpath/components";

const sessions = new Sessions("sessions", { region: "eu-west-1", documentName: "web-session", encrypted: true });
new InstanceRole("web", { region: "eu-west-1", inlinePolicies: { ...sessions.instancePolicies } });
