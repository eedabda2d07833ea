/**
 * The entry point that Pulumi starts for programs in other languages: it loads the folder of the package, so `main` of package.json
 * is this file. A program that imports the package by its name gets `exports`, the components themselves.
 */
import { main } from "@pulumi/pulumi/provider";
import { ComponentProvider } from "./provider";

void main(new ComponentProvider(), process.argv.slice(2));
