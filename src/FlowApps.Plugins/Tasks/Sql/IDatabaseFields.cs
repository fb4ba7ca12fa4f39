namespace FlowApps.Plugins.Tasks.Sql;

/// <summary>Where a database is and who asks.</summary>
internal interface IDatabaseFields
{
    Property<string> Url { get; }
    Property<string>? Username { get; }
    Property<string>? Password { get; }
}
