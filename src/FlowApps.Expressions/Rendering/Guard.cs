using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Rendering;

/// <summary>Turns what a rendering may run into, besides its own errors, into an error with a place.</summary>
internal static class Guard
{
    public static T Run<T>(Evaluation evaluation, bool recursive, Func<Evaluation, bool, T> render)
    {
        try
        {
            return render(evaluation, recursive);
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException failure)
        {
            throw evaluation.Fail("A regular expression took too long.", 0, failure);
        }
        catch (InsufficientExecutionStackException failure)
        {
            throw evaluation.Fail("The expression works on values that are nested too deeply.", 0, failure);
        }
        catch (ExpressionException failure) when (failure.Line == 0 && failure is not OutsideNeededException)
        {
            throw evaluation.Fail(failure.Message, 0, failure);
        }
    }
}
