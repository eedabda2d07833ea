import { within } from "./checks";
import { type TypeRow, arn, constant, idFromInput } from "./row";

/** RDS and ElastiCache. */
export const dataStores: Readonly<Record<string, TypeRow>> = {
  "aws:rds/subnetGroup:SubnetGroup": {
    id: idFromInput("name"),
    computed: {
      arn: arn("rds", (c) => `subgrp:${c.text("name")}`),
      vpcId: constant(""),
      supportedNetworkTypes: constant(["IPV4"]),
    },
    autoname: { input: "name", maxLength: 255 },
    defaults: { description: "Managed by Pulumi" },
    replaceOn: ["name", "namePrefix"],
  },
  "aws:rds/instance:Instance": {
    id: ({ hex }) => `db-${hex(26, "db").toUpperCase()}`,
    computed: {
      address: ({ place, text }) => `${text("identifier")}.c0ffee000000.${place.region}.rds.${place.dnsSuffix}`,
      arn: arn("rds", (c) => `db:${c.text("identifier")}`),
      endpoint: ({ place, text }) => `${text("identifier")}.c0ffee000000.${place.region}.rds.${place.dnsSuffix}:3306`,
      port: constant(3306),
      resourceId: ({ id }) => id,
      status: constant("available"),
    },
    autoname: { input: "identifier", maxLength: 63 },
    defaults: { applyImmediately: false, publiclyAccessible: false, skipFinalSnapshot: false, storageEncrypted: false },
    replaceOn: ["dbName", "engine", "identifier", "kmsKeyId", "storageEncrypted", "username"],
    checks: [within("allocatedStorage", 5, 65_536)],
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    id: idFromInput("name"),
    computed: { arn: arn("elasticache", (c) => `subnetgroup:${c.text("name")}`), vpcId: constant("") },
    autoname: { input: "name", maxLength: 255 },
    defaults: { description: "Managed by Pulumi" },
    replaceOn: ["name"],
  },
  "aws:elasticache/cluster:Cluster": {
    id: idFromInput("clusterId"),
    computed: {
      arn: arn("elasticache", (c) => `cluster:${c.text("clusterId")}`),
      cacheNodes: ({ place, text }) => [
        {
          address: `${text("clusterId")}.c0ffee.0001.usw2.cache.${place.dnsSuffix}`,
          availabilityZone: `${place.region}a`,
          id: "0001",
          outpostArn: "",
          port: 6379,
        },
      ],
      clusterAddress: constant(""),
      configurationEndpoint: constant(""),
    },
    autoname: { input: "clusterId", maxLength: 50 },
    replaceOn: ["clusterId", "engine", "subnetGroupName"],
  },
};
