/** The provider modules whose resources form a network, of both providers. */
const modules =
  /^(aws:(ec2|vpc|ec2transitgateway|ec2clientvpn|route53|networkfirewall|ram|directconnect|vpclattice)\/|aws-native:(ec2|route53\w*|networkfirewall|ram|vpclattice):)/;

/** What is in the module `ec2` and belongs to instances. */
const ofInstances = /instance|launch|fleet|spot|ami|keyPair|placementGroup|volume|snapshot|host/i;

/** Whether a type is a part of a network, which other accounts reach by ids: a transit gateway, a shared subnet. */
export function isNetworkType(type: string): boolean {
  return (
    modules.test(type) &&
    !ofInstances.test(
      type
        .split(":")
        .at(-1)!
        .replace(/^InternetGateway|^NatGateway/, ""),
    )
  );
}
