using RabbitMQ.Client.Exceptions;

namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>What goes wrong between us and a broker, in words.</summary>
internal static class AmqpFailure
{
    /// <summary>Errors: <see cref="TaskFailedException"/> with what the broker said.</summary>
    public static async Task<TAnswer> AskAsync<TAnswer>(Func<Task<TAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException)
        {
            throw new TaskFailedException($"The broker refused: {(e as OperationInterruptedException)?.ShutdownReason?.ReplyText ?? e.Message}", null, e);
        }
    }
}
