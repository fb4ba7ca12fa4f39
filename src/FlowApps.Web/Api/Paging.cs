using FlowApps.Domain.Values;
using Microsoft.AspNetCore.Mvc;

namespace FlowApps.Web.Api;

/// <summary>Which part of a list: <c>page</c> from 1, <c>size</c> up to 1000, <c>sort</c> as <c>field:asc</c>.</summary>
public readonly record struct Paging
{
    [FromQuery(Name = "page")]
    public int? Page { get; init; }

    [FromQuery(Name = "size")]
    public int? Size { get; init; }

    [FromQuery(Name = "sort")]
    public string[]? Sort { get; init; }

    public PageRequest Request => new(Page ?? 1, Size ?? 10, Sort is { Length: > 0 } ? Sort[0].Split(',')[0] : null);
}
