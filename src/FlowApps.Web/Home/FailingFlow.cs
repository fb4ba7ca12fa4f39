using FlowApps.Domain.Flows;
using FlowApps.Web.Flows.List;

namespace FlowApps.Web.Home;

/// <summary>A flow with failures in the period.</summary>
public sealed record FailingFlow(FlowId Key, long Failed, FlowRow Row);
