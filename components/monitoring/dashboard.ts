/**
 * A dashboard with the daily event counts of the rules, as JSON text.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html, checked
 * 2026-11-22.
 */
export function dashboardBody(region: string, patchGroup: string, ruleNames: readonly string[]): string {
  return JSON.stringify({
    widgets: [
      {
        type: "metric",
        x: 0,
        y: 0,
        width: 24,
        height: 8,
        properties: {
          title: `Patching of ${patchGroup}: events in a day`,
          region,
          view: "timeSeries",
          stat: "Sum",
          period: 86_400,
          metrics: ruleNames.map((name) => ["AWS/Events", "MatchedEvents", "RuleName", name]),
        },
      },
    ],
  });
}
