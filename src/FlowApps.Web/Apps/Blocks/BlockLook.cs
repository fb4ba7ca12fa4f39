using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Web.Look;

namespace FlowApps.Web.Apps.Blocks;

/// <summary>The author's styles and sizes as the design's classes and shapes.</summary>
public static class BlockLook
{
    public static string Button(this BlockStyle style, BlockSize size) => "btn " + style switch
    {
        BlockStyle.Danger or BlockStyle.Error => "btn-quiet-danger",
        BlockStyle.Success or BlockStyle.Info => "btn-primary",
        BlockStyle.Default or BlockStyle.Warning => "",
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    } + size switch
    {
        BlockSize.Small => " btn-sm",
        BlockSize.Large => " btn-lg",
        BlockSize.Default or BlockSize.Medium => "",
        _ => throw new ArgumentOutOfRangeException(nameof(size)),
    };

    /// <summary>How the message of a check looks.</summary>
    public static Silhouette? Shape(this CheckStyle style) => style switch
    {
        CheckStyle.Success => Silhouette.Success,
        CheckStyle.Warning => Silhouette.Warning,
        CheckStyle.Error => Silhouette.Failed,
        CheckStyle.Info => null,
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    };

    /// <summary>Null for a remark without a tone.</summary>
    public static Silhouette? Shape(this BlockStyle style) => style switch
    {
        BlockStyle.Success => Silhouette.Success,
        BlockStyle.Warning => Silhouette.Warning,
        BlockStyle.Danger or BlockStyle.Error => Silhouette.Failed,
        BlockStyle.Default or BlockStyle.Info => null,
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    };
}
