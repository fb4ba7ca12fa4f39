using System.Globalization;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;
using FlowApps.Yaml.Inputs;

namespace FlowApps.Web.Flows.Forms;

/// <summary>Changes of a form with the mouse: the text comes in, is rewritten and goes back; nothing is stored.</summary>
public sealed class FormFeature : IFeature
{
    public void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost($"{Routes.Flows}/form", (IFormCollection form, IFlows flows) =>
        {
            var rewritten = Rewrite(form, form["source"].ToString().ReplaceLineEndings("\n"));
            return Html.Fragment<ChangedForm>(new { Rewritten = rewritten, Reading = flows.Read(rewritten.Text), Typed = form });
        }).RequirePermission(Permission.WriteFlows);

    private static RewrittenInputs Rewrite(IFormCollection form, string source)
    {
        var at = form["at"].ToString();
        return form["do"].ToString() switch
        {
            "add" => InputSource.Add(source, at.Length == 0 ? null : at, NewInput.Of(form["kind"].ToString()) ?? throw Unknown()),
            "move" => InputSource.Move(source, at, int.TryParse(form["to"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var to) ? to : throw Unknown()),
            "copy" => InputSource.Copy(source, at),
            "remove" => InputSource.Remove(source, at),
            "set" => InputSource.Set(source, at, form["field"].ToString(), form["value"].ToString()),
            _ => throw Unknown(),
        };
    }

    private static RefusedException Unknown() => RefusedException.Invalid("unknown_change", "There is no such change of a form.");
}
