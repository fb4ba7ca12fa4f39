namespace FlowApps.Engine.Tasks;

/// <summary>How the outputs of a loop's iterations are given.</summary>
public enum LoopFetch { Auto, Fetch, Store }
