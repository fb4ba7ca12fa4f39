# syntax=docker/dockerfile:1
FROM node:22-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY src/FlowApps.Web src/FlowApps.Web
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
COPY --from=assets /src/wwwroot/dist wwwroot/dist
RUN dotnet publish src/FlowApps.Web/FlowApps.Web.csproj -c Release -o /app --nologo --use-current-runtime --self-contained false -p:PublishReadyToRun=true -p:AssetsAreBundled=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# git and ssh for flows that use them; python and node for the script tasks. No database: compose.yaml or a connection string brings one.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git openssh-client python3 nodejs && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 flowapps && mkdir -p /data && chown flowapps /data
WORKDIR /app
COPY --from=build /app .
USER flowapps
ENV FlowApps__Data=/data ASPNETCORE_URLS=http://+:8080 DOTNET_EnableWriteXorExecute=0
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=2)"]
ENTRYPOINT ["dotnet", "FlowApps.Web.dll"]
