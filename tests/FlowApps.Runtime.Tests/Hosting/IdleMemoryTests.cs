using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Hosting;

namespace FlowApps.Runtime.Tests.Hosting;

public sealed class IdleMemoryTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Memory_is_given_back_once_when_work_pauses_and_never_while_it_goes_on()
    {
        using var memory = new IdleMemory(new HotExecutions(1), TimeProvider.System);
        Assert.False(memory.Look(100 * Megabyte));
        Assert.False(memory.Look(200 * Megabyte));
        Assert.True(memory.Look(201 * Megabyte));
        Assert.False(memory.Look(202 * Megabyte));
        // What a server at rest allocates is worth a collection only when there is much of it.
        var collections = Enumerable.Range(0, 100).Count(look => memory.Look((203 + look) * Megabyte));
        Assert.InRange(collections, 2, 4);
    }
}
