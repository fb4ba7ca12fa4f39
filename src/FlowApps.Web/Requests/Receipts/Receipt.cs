namespace FlowApps.Web.Requests.Receipts;

/// <summary>What somebody without an account holds in their hand: who knows its token may see where the request stands.</summary>
public sealed record Receipt(string ExecutionId);
