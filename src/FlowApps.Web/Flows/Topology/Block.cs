namespace FlowApps.Web.Flows.Topology;

/// <summary>
/// A part of a drawing in coordinates of its own: how large it is, and what is in it. It is entered in the middle of its first edge and left in the middle
/// of its last one, in the direction that the drawing reads.
/// </summary>
internal sealed class Block(string id, double width, double height)
{
    public string Id { get; } = id;
    public double Width { get; } = width;
    public double Height { get; } = height;
    public List<TaskBox> Boxes { get; } = [];
    public List<TaskFrame> Frames { get; } = [];
    public List<Arrow> Arrows { get; } = [];
    public List<Caption> Captions { get; } = [];

    /// <summary>The extent along the direction of reading, and across it.</summary>
    public double Along(Direction direction) => direction == Direction.Right ? Width : Height;

    public double Across(Direction direction) => direction == Direction.Right ? Height : Width;

    /// <summary>Puts another block into this one.</summary>
    public void Put(Block block, double x, double y)
    {
        Boxes.AddRange(block.Boxes.Select(box => box with { X = box.X + x, Y = box.Y + y }));
        Frames.AddRange(block.Frames.Select(frame => frame with { X = frame.X + x, Y = frame.Y + y }));
        Arrows.AddRange(block.Arrows.Select(arrow => arrow with { FromX = arrow.FromX + x, FromY = arrow.FromY + y, ToX = arrow.ToX + x, ToY = arrow.ToY + y }));
        Captions.AddRange(block.Captions.Select(caption => caption with { X = caption.X + x, Y = caption.Y + y }));
    }
}
