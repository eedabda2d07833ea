import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  type Area,
  type AreaRule,
  type Passage,
  divideArea,
  passageOf,
  tcpPortsOf,
} from "../../../policypack/path/areas";
import { publicAddresses, readBlock } from "../../../policypack/stack/addresses";

const all = { first: 0, last: 65535 };
const area = (block: string, ports = all): Area => ({ addresses: readBlock(block)!, ports });
const sure = (allows: boolean, ...areas: readonly Area[]): AreaRule => ({ allows, surely: areas, possibly: [] });
const maybe = (allows: boolean | undefined, ...areas: readonly Area[]): AreaRule => ({
  allows,
  surely: [],
  possibly: areas,
});
const port = (first: number, last = first) => ({ first, last });

describe("the solver of areas", () => {
  it("decides each address and port as the ordered rules do", () => {
    const side = 6;
    const span = fc
      .tuple(fc.nat(side - 1), fc.nat(side - 1))
      .map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }));
    const anyArea = fc.record({ addresses: span, ports: span });
    const anyRule = fc.record({
      allows: fc.constantFrom(true, false, undefined),
      surely: fc.array(anyArea, { maxLength: 2 }),
      possibly: fc.array(anyArea, { maxLength: 2 }),
    });
    const isIn = (areas: readonly Area[], address: number, at: number) =>
      areas.some(
        ({ addresses, ports }) =>
          addresses.first <= address && address <= addresses.last && ports.first <= at && at <= ports.last,
      );
    /** Every possible outcome of the rules, by evaluating each of them. */
    const outcomes = (rules: readonly AreaRule[], address: number, at: number): Set<boolean> => {
      const [rule, ...others] = rules;
      if (!rule) return new Set([false]);
      const verdicts = rule.allows === undefined ? [true, false] : [rule.allows];
      if (isIn(rule.surely, address, at)) return new Set(verdicts);
      const later = outcomes(others, address, at);
      return isIn(rule.possibly, address, at) ? new Set([...verdicts, ...later]) : later;
    };
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), anyArea, (rules, required) => {
        const divided = divideArea(rules, [required]);
        for (let address = 0; address < side; address += 1) {
          for (let at = 0; at < side; at += 1) {
            const found = (["allowed", "denied", "undecided"] as const).filter((key) =>
              isIn(divided[key], address, at),
            );
            if (!isIn([required], address, at)) {
              deepStrictEqual(found, [], "only the queried area is decided");
              continue;
            }
            const possible = outcomes(rules, address, at);
            deepStrictEqual(found, [possible.size === 2 ? "undecided" : possible.has(true) ? "allowed" : "denied"]);
          }
        }
      }),
    );
  });

  it("gives the same result for rules that only allow, in any order", () => {
    const rules = [maybe(true, area("0.0.0.0/0")), sure(true, area("10.0.0.0/9")), sure(true, area("10.128.0.0/9"))];
    for (const some of [rules, [...rules].reverse()]) {
      const { denied, undecided } = divideArea(some, [area("10.0.0.0/8")]);
      deepStrictEqual([denied, undecided], [[], []]);
    }
  });
});

describe("traffic", () => {
  const https = { addresses: publicAddresses, isOfManyHosts: true, ports: port(443) };
  const inSubnet = { addresses: [readBlock("10.0.1.0/24")!], isOfManyHosts: false, ports: port(443) };
  const answers = { ...https, ports: port(1024, 65535) };
  const everything = area("0.0.0.0/0");
  const passed: Passage = { is: "allowed", except: undefined };

  it("is allowed or denied if the rules allow or deny all of it", () => {
    deepStrictEqual(passageOf([sure(true, everything)], https), passed);
    deepStrictEqual(passageOf([], https), { is: "denied" });
    deepStrictEqual(passageOf([sure(false, everything), sure(true, everything)], https), { is: "denied" });
    deepStrictEqual(passageOf([maybe(true, everything)], https), { is: "undecided" });
  });

  it("is allowed except for a few addresses of public hosts, but not of a subnet", () => {
    const but = (...blocks: readonly string[]) => [
      sure(false, ...blocks.map((one) => area(one))),
      sure(true, everything),
    ];
    deepStrictEqual(passageOf(but("185.220.101.0/24"), https), { is: "allowed", except: "185.220.101.0/24" });
    deepStrictEqual(passageOf(but("185.220.101.0/24", "9.9.9.9/32"), https), { is: "undecided" });
    deepStrictEqual(passageOf(but("10.0.1.7/32"), inSubnet), { is: "undecided" });
    deepStrictEqual(passageOf(but("100.64.0.0/10"), https), passed);
  });

  it("is not allowed if only a few addresses are allowed", () => {
    deepStrictEqual(passageOf([sure(true, area("9.9.9.9/32"))], https), { is: "undecided" });
  });

  it("is allowed if a few of many ports are denied, but not if the only port is", () => {
    const but = (...ports: readonly { first: number; last: number }[]) => [
      sure(false, ...ports.map((one) => area("0.0.0.0/0", one))),
      sure(true, everything),
    ];
    deepStrictEqual(passageOf(but(port(3389), port(8080)), answers), { is: "allowed", except: "port 3389, 8080" });
    deepStrictEqual(passageOf(but(port(2000, 2644)), answers), { is: "allowed", except: "port 2000-2644" });
    deepStrictEqual(passageOf(but(port(2000, 2645)), answers), { is: "undecided" });
    deepStrictEqual(passageOf(but(port(2000, 2400), port(3000, 3400)), answers), { is: "undecided" }, "in sum");
    const hundred = { ...answers, ports: port(2000, 2099) };
    deepStrictEqual(passageOf(but(port(2050)), hundred), { is: "allowed", except: "port 2050" });
    deepStrictEqual(passageOf(but(port(3389)), { ...inSubnet, ports: answers.ports }), {
      is: "allowed",
      except: "port 3389",
    });
    deepStrictEqual(passageOf(but(port(443)), https), { is: "denied" });
  });

  it("is allowed except for a few addresses and a few ports", () => {
    const rules = [sure(false, area("185.220.101.0/24"), area("0.0.0.0/0", port(3389))), sure(true, everything)];
    deepStrictEqual(passageOf(rules, answers), { is: "allowed", except: "185.220.101.0/24, port 3389" });
  });

  it("is denied to a few addresses if there are no others", () => {
    deepStrictEqual(passageOf([], { ...https, addresses: [readBlock("9.9.9.9/32")!] }), { is: "denied" });
  });

  it("of unknown addresses is decided if the result is the same for all addresses", () => {
    const anywhere = { ...inSubnet, addresses: undefined };
    deepStrictEqual(passageOf([sure(true, everything)], anywhere), passed);
    deepStrictEqual(passageOf([sure(true, area("10.0.0.0/8"))], anywhere), { is: "undecided" });
    deepStrictEqual(passageOf([], anywhere), { is: "denied" });
  });
});

describe("the TCP ports of a rule", () => {
  const ports = (protocol: string | undefined, fromPort?: number, toPort?: number) =>
    tcpPortsOf({ protocol, fromPort, toPort });

  it("are its TCP ports, or all ports for all protocols", () => {
    deepStrictEqual(ports("tcp", 80, 443), { ports: port(80, 443), isSure: true });
    deepStrictEqual(ports("6", 443, 443), { ports: port(443), isSure: true });
    deepStrictEqual(ports("TCP", -1, -1), { ports: all, isSure: true });
    deepStrictEqual(ports("-1", 0, 0), { ports: all, isSure: true });
    deepStrictEqual(ports("all"), { ports: all, isSure: true });
  });

  it("are none for another protocol", () => {
    for (const protocol of ["udp", "17", "icmp", "1"]) strictEqual(ports(protocol, 443, 443), undefined);
  });

  it("are only possible as long as something is not known", () => {
    deepStrictEqual(ports("tcp", undefined, 443), { ports: all, isSure: false });
    deepStrictEqual(ports("tcp", 443), { ports: all, isSure: false });
    deepStrictEqual(ports(undefined, 443, 443), { ports: all, isSure: false });
    deepStrictEqual(ports(undefined, -1, -1), { ports: all, isSure: false });
  });
});
