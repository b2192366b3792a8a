/** Where it stands whether an SME, or two together, may take part; without `callId`: in the call in force. */
export function eligibilityHref(of: { callId?: string; smeId: string; partnerId?: string }): string {
  const { callId, ...query } = of;
  const path = callId === undefined ? '/eligibility' : `/calls/${encodeURIComponent(callId)}/eligibility`;
  return `${path}?${new URLSearchParams(query).toString()}`;
}
