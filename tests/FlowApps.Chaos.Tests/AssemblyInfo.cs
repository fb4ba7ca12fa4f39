// Each test has machines of its own and measures them; two at once would disturb each other.
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
