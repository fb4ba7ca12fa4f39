namespace FlowApps.Web.Flows.Topology;

/// <summary>Which way a drawing reads.</summary>
public enum Direction { Right, Down }

/// <summary>A box: a task without children, or a trigger. Coordinates in pixels, from the top left corner.</summary>
public sealed record TaskBox(string Id, string Type, double X, double Y, double Width, bool Trigger = false, bool Disabled = false)
{
    public const double Height = 44;
}

/// <summary>The frame around the tasks of a flowable, with its words.</summary>
public sealed record TaskFrame(string Id, string Words, double X, double Y, double Width, double Height);

/// <summary>An arrow along right angles. <c>To</c> is the task (or flowable) it leads to; dashed when it is taken only sometimes.</summary>
public sealed record Arrow(double FromX, double FromY, double ToX, double ToY, string To, bool Dashed = false);

/// <summary>A word of its own: the name of a branch.</summary>
public sealed record Caption(string Text, double X, double Y);

/// <summary>A flow as a picture. Pure geometry: states and colours come later.</summary>
public sealed record Drawing(double Width, double Height, Direction Direction, IReadOnlyList<TaskBox> Boxes, IReadOnlyList<TaskFrame> Frames, IReadOnlyList<Arrow> Arrows, IReadOnlyList<Caption> Captions);
