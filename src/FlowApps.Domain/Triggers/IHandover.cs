namespace FlowApps.Domain.Triggers;

/// <summary>What a source has given and takes back when this is disposed before it was confirmed, such as messages that are not acknowledged yet.</summary>
public interface IHandover : IAsyncDisposable
{
    /// <summary>The execution is stored. Errors: of the source, which will then give the same again.</summary>
    Task ConfirmAsync(CancellationToken cancellation);
}
