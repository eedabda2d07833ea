/**
 * What Pulumi starts for programs in other languages: it requires the package's folder, so `main` of package.json is this.
 * A program that imports the package by its name gets `exports` instead, the components themselves.
 */
import { main } from "@pulumi/pulumi/provider";
import { ComponentProvider } from "./provider";

void main(new ComponentProvider(), process.argv.slice(2));
