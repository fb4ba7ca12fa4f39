namespace FlowApps.Plugins.Tasks.Sql;

/// <summary>What an SQL task or trigger says about its database and its query.</summary>
internal interface ISqlFields : IDatabaseFields
{
    Property<string> Sql { get; }
    Property<string>? AfterSql { get; }
    Property<IReadOnlyDictionary<string, object?>>? Parameters { get; }
    Property<FetchType> FetchType { get; }
    Property<int> MaxRows { get; }
}
