using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;

namespace FlowApps.Web.Flows.Topology;

/// <summary>
/// Lays a flow out: tasks one after the other, branches side by side, a frame around what belongs to a flowable, arrows at right angles. Nothing overlaps, by
/// construction: every part knows its size before it is put anywhere.
/// </summary>
public sealed class TopologyLayout
{
    private const double Gap = 30;
    private const double Between = 12;
    private const double Padding = 14;
    private const double FrameHead = 26;
    private const double Margin = 16;
    private readonly Direction direction;

    private TopologyLayout(Direction direction) => this.direction = direction;

    /// <summary>From left to right when it fits into <paramref name="width"/> pixels, else from top to bottom.</summary>
    public static Drawing Draw(Flow flow, double width)
    {
        var right = new TopologyLayout(Direction.Right).Whole(flow);
        return right.Width <= width ? right : new TopologyLayout(Direction.Down).Whole(flow);
    }

    private Drawing Whole(Flow flow)
    {
        var parts = new List<Block>();
        if (flow.Triggers.Count > 0) parts.Add(Beside([.. flow.Triggers.Select(trigger => Leaf(trigger.Id, trigger.Type, trigger: true, trigger.Disabled))]));
        parts.AddRange(flow.Tasks.Select(Task));
        if (flow.Finally.Count > 0) parts.Add(Frame("finally", "finally", Chain(flow.Finally)));
        if (flow.AfterExecution.Count > 0) parts.Add(Frame("afterExecution", "after the execution", Chain(flow.AfterExecution)));
        var all = Chain(parts);
        if (flow.Errors.Count > 0) all = Beside([all, Frame("errors", "on error", Chain(flow.Errors))]);
        var page = new Block("", all.Width + 2 * Margin, all.Height + 2 * Margin);
        page.Put(all, Margin, Margin);
        return new Drawing(page.Width, page.Height, direction, page.Boxes, page.Frames, page.Arrows, page.Captions);
    }

    private Block Task(TaskDefinition task)
    {
        var branches = task.Branches().Where(branch => branch.Tasks.Count > 0).ToList();
        if (branches.Count == 0) return Leaf(task.Id, task.Type, trigger: false, task.Disabled);
        var kind = KindOf(task.Type);
        var lanes = new List<Block>();
        foreach (var branch in branches)
        {
            var named = branch.Name is not ("tasks" or "task" or "do");
            if (!named && task is ITaskOrder order) lanes.Add(Ordered(branch.Tasks, order.Predecessors));
            else if (!named && kind == "Parallel") lanes.AddRange(branch.Tasks.Select(Task));
            else lanes.Add(named ? Captioned(Words(branch.Name), Chain(branch.Tasks)) : Chain(branch.Tasks));
        }
        return Frame(task.Id, $"{task.Id}, {Manner(kind)}", Beside(lanes));
    }

    private static Block Leaf(string id, string type, bool trigger, bool disabled)
    {
        var width = Math.Clamp(62 + Math.Max(id.Length * 7.3, KindWords(type).Length * 6.2), 132, 236);
        var block = new Block(id, width, TaskBox.Height);
        block.Boxes.Add(new TaskBox(id, type, 0, 0, width, trigger, disabled));
        return block;
    }

    private Block Chain(IReadOnlyList<TaskDefinition> tasks) => Chain(tasks.Select(Task).ToList());

    /// <summary>One after the other, middles in one line.</summary>
    private Block Chain(IReadOnlyList<Block> parts)
    {
        if (parts.Count == 1) return parts[0];
        var along = parts.Sum(part => part.Along(direction)) + Gap * Math.Max(0, parts.Count - 1);
        var across = parts.Select(part => part.Across(direction)).DefaultIfEmpty(0).Max();
        var chain = Sized("", along, across);
        var at = 0.0;
        for (var i = 0; i < parts.Count; i++)
        {
            Put(chain, parts[i], at, (across - parts[i].Across(direction)) / 2);
            at += parts[i].Along(direction);
            if (i + 1 < parts.Count) chain.Arrows.Add(Line(at, across / 2, at + Gap, across / 2, parts[i + 1].Id));
            at += Gap;
        }
        return chain;
    }

    /// <summary>Side by side, beginnings in one line.</summary>
    private Block Beside(IReadOnlyList<Block> lanes)
    {
        if (lanes.Count == 1) return lanes[0];
        var along = lanes.Max(lane => lane.Along(direction));
        var beside = Sized("", along, lanes.Sum(lane => lane.Across(direction)) + Between * (lanes.Count - 1));
        var at = 0.0;
        foreach (var lane in lanes)
        {
            Put(beside, lane, 0, at);
            at += lane.Across(direction) + Between;
        }
        return beside;
    }

    /// <summary>Tasks that wait for named siblings: each stands one step behind the last one that it waits for.</summary>
    private Block Ordered(IReadOnlyList<TaskDefinition> tasks, IReadOnlyDictionary<string, IReadOnlyList<string>> predecessors)
    {
        var blocks = tasks.ToDictionary(task => task.Id, Task, StringComparer.Ordinal);
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var task in tasks) StepOf(task.Id, 0);
        var columns = tasks.GroupBy(task => steps[task.Id]).OrderBy(group => group.Key).Select(group => group.Select(task => blocks[task.Id]).ToList()).ToList();
        const double wide = Gap + 14;
        var across = columns.Max(column => column.Sum(block => block.Across(direction)) + Between * (column.Count - 1));
        var ordered = Sized("", columns.Sum(column => column.Max(block => block.Along(direction))) + wide * (columns.Count - 1), across);
        var ends = new Dictionary<string, (double Begin, double End, double Middle)>(StringComparer.Ordinal);
        var along = 0.0;
        foreach (var column in columns)
        {
            var at = (across - column.Sum(block => block.Across(direction)) - Between * (column.Count - 1)) / 2;
            foreach (var block in column)
            {
                Put(ordered, block, along, at);
                ends[block.Id] = (along, along + block.Along(direction), at + block.Across(direction) / 2);
                at += block.Across(direction) + Between;
            }
            along += column.Max(block => block.Along(direction)) + wide;
        }
        foreach (var task in tasks)
            foreach (var before in predecessors.GetValueOrDefault(task.Id, []).Where(ends.ContainsKey))
                ordered.Arrows.Add(Line(ends[before].End, ends[before].Middle, ends[task.Id].Begin, ends[task.Id].Middle, task.Id));
        return ordered;

        int StepOf(string id, int depth)
        {
            if (steps.TryGetValue(id, out var known)) return known;
            // A circle is refused by the reader; the drawing of a draft only must not hang on it.
            var step = depth > tasks.Count ? 0 : predecessors.GetValueOrDefault(id, []).Where(blocks.ContainsKey).Select(before => StepOf(before, depth + 1) + 1).DefaultIfEmpty(0).Max();
            return steps[id] = step;
        }
    }

    private static Block Frame(string id, string words, Block inside)
    {
        var frame = new Block(id, Math.Max(inside.Width, words.Length * 6.1) + 2 * Padding, inside.Height + FrameHead + Padding);
        frame.Frames.Add(new TaskFrame(id, words, 0, 0, frame.Width, frame.Height));
        frame.Put(inside, (frame.Width - inside.Width) / 2, FrameHead);
        return frame;
    }

    private static Block Captioned(string text, Block inside)
    {
        const double head = 18;
        var block = new Block(inside.Id, Math.Max(inside.Width, text.Length * 6.1), inside.Height + head);
        block.Captions.Add(new Caption(text, 0, 12));
        block.Put(inside, 0, head);
        return block;
    }

    private Block Sized(string id, double along, double across) => direction == Direction.Right ? new Block(id, along, across) : new Block(id, across, along);

    private void Put(Block into, Block block, double along, double across)
    {
        if (direction == Direction.Right) into.Put(block, along, across);
        else into.Put(block, across, along);
    }

    private Arrow Line(double fromAlong, double fromAcross, double toAlong, double toAcross, string to) => direction == Direction.Right
        ? new Arrow(fromAlong, fromAcross, toAlong, toAcross, to)
        : new Arrow(fromAcross, fromAlong, toAcross, toAlong, to);

    /// <summary>The last word of a type: Parallel of core.flow.Parallel.</summary>
    public static string KindOf(string type) => type[(type.LastIndexOf('.') + 1)..];

    /// <summary>What stands below a task's name.</summary>
    public static string KindWords(string type)
    {
        var parts = type.Split('.');
        return parts.Length > 1 && parts[^2] is not ("flow" or "core" or "plugin" or "trigger") ? $"{parts[^2]} {parts[^1]}" : parts[^1];
    }

    private static string Manner(string kind) => kind switch
    {
        "Parallel" => "in parallel",
        "Sequential" => "one after the other",
        "Dag" => "by dependency",
        "If" => "if it holds",
        "Switch" => "one of these",
        "ForEach" or "EachSequential" or "EachParallel" or "Loop" => "for each value",
        "ForEachItem" => "for each batch",
        "LoopUntil" or "WaitFor" => "until it holds",
        "AllowFailure" => "may fail",
        "WorkingDirectory" => "in one directory",
        _ => kind,
    };

    private static string Words(string branch) => branch switch
    {
        "errors" => "on error",
        "defaults" => "otherwise",
        _ when branch.StartsWith("cases.", StringComparison.Ordinal) => branch["cases.".Length..],
        _ => branch,
    };
}
