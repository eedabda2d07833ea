import { cfg } from "./cfg";
import { compute } from "./compute";
import { containers } from "./containers";
import { dataStores } from "./data-stores";
import { eks } from "./eks";
import { lambda } from "./lambda";
import { loadBalancing } from "./load-balancing";
import { ec2Endpoints } from "./ec2-endpoints";
import { ec2Network } from "./ec2-network";
import { ec2Security } from "./ec2-security";
import { iam } from "./iam";
import type { TypeRow } from "./row";
import { ssm } from "./ssm";
import { supporting } from "./supporting";

/** All resource types of the stand-in. To add one, add a row here, then run `npm run generate`. */
export const types: Readonly<Record<string, TypeRow>> = {
  ...cfg,
  ...compute,
  ...containers,
  ...dataStores,
  ...eks,
  ...lambda,
  ...loadBalancing,
  ...ec2Endpoints,
  ...ec2Network,
  ...ec2Security,
  ...iam,
  ...ssm,
  ...supporting,
};
