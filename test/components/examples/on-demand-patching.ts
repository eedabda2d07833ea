import { OnDemandPatching } from "@patchpath/components";

new OnDemandPatching("web", { region: "eu-west-1", patchGroup: "web", rebootOption: "NoReboot" });
