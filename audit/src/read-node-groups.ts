import {
  DescribeNodegroupCommand,
  type Nodegroup,
  paginateListClusters,
  paginateListNodegroups,
} from "@aws-sdk/client-eks";
import { type Reading, each } from "./reading";

/**
 * The managed node groups of the clusters. None where they could not be read: their Auto Scaling groups are then judged as any
 * others, and nothing is missing.
 */
export async function readNodeGroups({ clients, reader }: Reading): Promise<Nodegroup[]> {
  const eks = { client: clients.eks, pageSize: 100 };
  const clusters = await reader.list("eks:ListClusters", paginateListClusters(eks, {}), (page) => page.clusters);
  const listed = await each(clusters ?? [], async (clusterName) => {
    const pages = paginateListNodegroups(eks, { clusterName });
    const names = await reader.list("eks:ListNodegroups", pages, ({ nodegroups }) => nodegroups);
    return (names ?? []).map((nodegroupName) => ({ clusterName, nodegroupName }));
  });
  const described = await each(listed.flat(), (one) =>
    reader.one("eks:DescribeNodegroup", () => clients.eks.send(new DescribeNodegroupCommand(one))),
  );
  return described.flatMap((answer) => answer?.nodegroup ?? []);
}
