import { accountId } from "../account";
import { type TypeRow, arn, constant, idFromInput } from "./row";

/** ECS and ECR. */
export const containers: Readonly<Record<string, TypeRow>> = {
  "aws:ecs/cluster:Cluster": {
    id: arn("ecs", (c) => `cluster/${c.text("name")}`),
    computed: { arn: ({ id }) => id, settings: constant([{ name: "containerInsights", value: "disabled" }]) },
    autoname: { input: "name", maxLength: 255 },
    replaceOn: ["name"],
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    id: idFromInput("family"),
    computed: {
      arn: arn("ecs", (c) => `task-definition/${c.text("family")}:1`),
      arnWithoutRevision: arn("ecs", (c) => `task-definition/${c.text("family")}`),
      enableFaultInjection: constant(false),
      networkMode: constant("bridge"),
      revision: constant(1),
    },
    defaults: { skipDestroy: false, trackLatest: false },
    replaceOn: [
      "containerDefinitions",
      "cpu",
      "executionRoleArn",
      "family",
      "memory",
      "networkMode",
      "requiresCompatibilities",
      "taskRoleArn",
      "volumes",
    ],
  },
  "aws:ecs/service:Service": {
    id: ({ place, text }) => {
      const cluster = (text("cluster") || "default").split("/").at(-1)!;
      return `arn:${place.partition}:ecs:${place.region}:${accountId}:service/${cluster}/${text("name")}`;
    },
    computed: {
      arn: ({ id }) => id,
      iamRole: constant("/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"),
      cluster: constant("default"),
      launchType: constant("EC2"),
      platformVersion: constant(""),
      triggers: constant({}),
    },
    autoname: { input: "name", maxLength: 255 },
    defaults: { schedulingStrategy: "REPLICA", waitForSteadyState: false },
    replaceOn: ["cluster", "launchType", "name", "schedulingStrategy"],
  },
  "aws:ecr/repository:Repository": {
    id: idFromInput("name"),
    computed: {
      arn: arn("ecr", (c) => `repository/${c.text("name")}`),
      registryId: constant(accountId),
      repositoryUrl: ({ place, text }) => `${accountId}.dkr.ecr.${place.region}.${place.dnsSuffix}/${text("name")}`,
    },
    autoname: { input: "name", maxLength: 256 },
    defaults: { imageTagMutability: "MUTABLE" },
    replaceOn: ["encryptionConfigurations", "name"],
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    id: idFromInput("repository"),
    computed: { registryId: constant(accountId) },
    replaceOn: ["policy", "repository"],
  },
};
