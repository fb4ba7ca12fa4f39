using FlowApps.Web.Look;

namespace FlowApps.Web.Requests;

/// <summary>One answer or result of a request: the name it has in the flow, and the line that people read.</summary>
public sealed record RequestAnswer(string Id, AnswerList.Answer Line);
