using Microsoft.AspNetCore.Components;

namespace FlowApps.Web.Look;

/// <summary>
/// A component that reads something before it shows anything: it is rendered once, when everything is there, instead of a first time empty-handed.
/// </summary>
public abstract class LoadedComponent : ComponentBase
{
    protected abstract Task LoadAsync();

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }
}
