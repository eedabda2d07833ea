import { ConfigRecorder } from "@patchpath/components";

new ConfigRecorder("config", { region: "eu-west-1", accountId: "123456789012" });
