export { pathsAsHtml } from "./paths-page";
export { policyAsHtml } from "./policy-page";
export { rolesAsHtml } from "./roles-page";
