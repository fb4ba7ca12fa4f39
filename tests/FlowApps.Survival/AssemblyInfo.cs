// Each test has machines of its own and measures them; two at once would disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
