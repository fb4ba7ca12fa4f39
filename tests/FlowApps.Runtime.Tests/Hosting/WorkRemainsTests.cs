using FlowApps.Runtime.Hosting;
using FlowApps.Runtime.Work;

namespace FlowApps.Runtime.Tests.Hosting;

public sealed class WorkRemainsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("flowapps-remains-").FullName;

    [Fact]
    public void What_a_process_works_in_stays_while_it_lives_and_goes_when_it_is_gone()
    {
        var (living, dead) = (NodeIdentity.New("one"), NodeIdentity.New("two"));
        var (kept, left) = (WorkFolder.Of(root, living, "attempt").Path, WorkFolder.Of(root, dead, "attempt").Path);
        using (WorkRemains.Hold(root, living))
        {
            WorkRemains.Hold(root, dead).Dispose();
            WorkRemains.Clear(root);
            Assert.True(Directory.Exists(kept));
            Assert.False(Directory.Exists(left));
        }
        WorkRemains.Clear(root);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(root, "work")));
    }

    [Fact]
    public async Task What_tasks_share_stays_until_their_execution_is_over()
    {
        var (open, over) = (WorkFolder.Shared(root, "open", "run").Path, WorkFolder.Shared(root, "over", "run").Path);
        WorkRemains.Clear(root);
        await WorkRemains.ClearSharedAsync(root, id => ValueTask.FromResult(id == "over"));
        Assert.True(Directory.Exists(open));
        Assert.False(Directory.Exists(over));
    }

    public void Dispose() => Directory.Delete(root, true);
}
