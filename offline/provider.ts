import "./end-with-parent";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { placeOf } from "./aws/account";
import { invokes } from "./aws/invokes";
import { AwsObjects } from "./aws/objects";
import { objectsOfAllStacks } from "./aws/other-stacks";
import { AwsResources, type ResourceRef } from "./aws/resources";
import { packageSchema } from "./aws/package-schema";
import { type CheckFailure, awsInputs, wrongInputs } from "./aws/schema";
import { type Properties, holdsUnknown, isObject, reveal } from "./aws/values";
import { servePlugin, unary } from "./grpc";

/**
 * The stand-in AWS as the `aws` plugin of the engine: pulumi/proto/provider.proto, served directly, since the provider server of the
 * SDK does not declare support for previews.
 */

interface Configured {
  readonly region: string;
  readonly resources: AwsResources;
  readonly objects: AwsObjects;
}
let configured: Configured | undefined;

function current(): Configured {
  if (!configured) throw new Error("the provider is not configured yet");
  return configured;
}

const propertiesOf = (struct: Struct | undefined): Properties => struct?.toJavaScript() ?? {};
const structOf = (properties: Properties) => Struct.fromJavaScript(properties);

/** Older engines identify a resource only by its URN: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. */
function refOf(request: { getUrn(): string; getType(): string; getName(): string }): ResourceRef {
  const urn = request.getUrn();
  const [, , qualifiedType = "", ...name] = urn.split("::");
  return {
    urn,
    type: request.getType() || qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1),
    name: request.getName() || name.join("::"),
  };
}

const failuresOf = (failures: readonly CheckFailure[]) =>
  failures.map(({ property, reason }) => new provider.CheckFailure().setProperty(property).setReason(reason));

function configure(request: provider.ConfigureRequest): provider.ConfigureResponse {
  const args = reveal(propertiesOf(request.getArgs())) as Properties;
  const region = args["region"] ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  if (typeof region !== "string" || region === "") {
    throw new Error("no region is configured; run `pulumi config set aws:region REGION`");
  }
  placeOf(region);
  const objects = new AwsObjects(objectsOfAllStacks);
  configured = {
    region,
    objects,
    resources: new AwsResources({ region, defaultTags: defaultTagsOf(args["defaultTags"]) }, objects),
  };
  return new provider.ConfigureResponse()
    .setAcceptsecrets(true)
    .setSupportspreview(true)
    .setAcceptresources(false)
    .setAcceptoutputs(false);
}

/** Provider inputs that are not strings are sent as JSON. */
function defaultTagsOf(value: Properties[string] | undefined): Properties {
  const parsed = typeof value === "string" ? (JSON.parse(value) as Properties[string]) : value;
  return isObject(parsed) && isObject(parsed["tags"]) ? parsed["tags"] : {};
}

function check(request: provider.CheckRequest): provider.CheckResponse {
  const seed = Buffer.from(request.getRandomseed_asU8()).toString("hex");
  const { inputs, failures } = current().resources.check(
    refOf(request),
    propertiesOf(request.getOlds()),
    propertiesOf(request.getNews()),
    seed,
  );
  return new provider.CheckResponse().setInputs(structOf(inputs)).setFailuresList(failuresOf(failures));
}

function diff(request: provider.DiffRequest): provider.DiffResponse {
  const { changed, replaces, deleteBeforeReplace } = current().resources.diff(
    refOf(request),
    request.getId(),
    propertiesOf(request.getOlds()),
    propertiesOf(request.getOldInputs() ?? request.getOlds()),
    propertiesOf(request.getNews()),
    request.getIgnorechangesList(),
  );
  const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
  const { UPDATE, UPDATE_REPLACE } = provider.PropertyDiff.Kind;
  const response = new provider.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...changed])
    .setReplacesList([...replaces])
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(changed.length > 0);
  for (const name of changed) {
    const detail = new provider.PropertyDiff()
      .setKind(replaces.includes(name) ? UPDATE_REPLACE : UPDATE)
      .setInputdiff(true);
    response.getDetaileddiffMap().set(name, detail);
  }
  return response;
}

function create(request: provider.CreateRequest): provider.CreateResponse {
  const { resources } = current();
  const inputs = propertiesOf(request.getProperties());
  if (request.getPreview()) {
    return new provider.CreateResponse().setProperties(structOf(resources.preview(refOf(request), {}, inputs)));
  }
  const { id, outputs } = resources.create(refOf(request), inputs);
  return new provider.CreateResponse().setId(id).setProperties(structOf(outputs));
}

function update(request: provider.UpdateRequest): provider.UpdateResponse {
  const { resources } = current();
  const [state, inputs] = [propertiesOf(request.getOlds()), propertiesOf(request.getNews())];
  const outputs = request.getPreview()
    ? { ...resources.preview(refOf(request), state, inputs), id: request.getId() }
    : resources.update(refOf(request), request.getId(), state, inputs);
  return new provider.UpdateResponse().setProperties(structOf(outputs));
}

function read(request: provider.ReadRequest): provider.ReadResponse {
  const { resources } = current();
  const state = resources.read(refOf(request), request.getId(), propertiesOf(request.getProperties()));
  const known = propertiesOf(request.getInputs());
  const inputs = Object.keys(known).length > 0 ? known : resources.inputsOf(refOf(request), state);
  return new provider.ReadResponse().setId(request.getId()).setProperties(structOf(state)).setInputs(structOf(inputs));
}

function invoke(request: provider.InvokeRequest): provider.InvokeResponse {
  const token = request.getTok();
  const answer = invokes[token];
  if (!answer)
    throw new Error(`the stand-in AWS does not support the invoke ${token}; add a row in offline/aws/invokes.ts`);
  const args = reveal(propertiesOf(request.getArgs())) as Properties;
  const failures = wrongInputs(args, awsInputs().invokes[token]!);
  if (failures.length > 0) return new provider.InvokeResponse().setFailuresList(failuresOf(failures));
  if (holdsUnknown(args)) return new provider.InvokeResponse();
  const { region, objects } = current();
  const own = args["region"];
  return new provider.InvokeResponse().setReturn(
    structOf(answer(args, placeOf(typeof own === "string" ? own : region), objects)),
  );
}

servePlugin(ResourceProviderService, {
  getPluginInfo: unary(() => new PluginInfo().setVersion(awsInputs().source.split(" ").at(-1) ?? "")),
  getSchema: unary(() => new provider.GetSchemaResponse().setSchema(JSON.stringify(packageSchema()))),
  checkConfig: unary((request: provider.CheckRequest) => new provider.CheckResponse().setInputs(request.getNews())),
  diffConfig: unary(() => new provider.DiffResponse().setChanges(provider.DiffResponse.DiffChanges.DIFF_NONE)),
  configure: unary(configure),
  check: unary(check),
  diff: unary(diff),
  create: unary(create),
  read: unary(read),
  update: unary(update),
  delete: unary((request: provider.DeleteRequest) => {
    current().resources.delete(refOf(request), request.getId());
    return new Empty();
  }),
  invoke: unary(invoke),
  cancel: unary(() => new Empty()), // no operation here is long enough to be canceled
  attach: unary(() => new Empty()),
});
