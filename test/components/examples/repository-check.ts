import { RepositoryCheck } from "@patchpath/components";

new RepositoryCheck("web", { region: "eu-west-1", patchGroup: "web", staleDays: 35 });
