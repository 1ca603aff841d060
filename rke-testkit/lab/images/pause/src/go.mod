module rke4j/lab/pause

go 1.19
